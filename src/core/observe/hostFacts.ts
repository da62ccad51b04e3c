import { known, unknown, type Fact } from './fact';
import type { HostObservation, UnitState } from './host';
import { parseAddresses } from './addresses';
import { keepalivedState } from './keepalived';
import { lsyncdLogin, lsyncdTargets, parseLsyncdStatus } from './lsyncd';
import type { MysqlState } from './mysql';
import type { ProbePart, ProbeParts } from './probeDocument';
import { clockSkewMs, parseDigests, parseFilesystems, parseModes, type ProbeTiming } from './resources';
import { parseRoleState } from './roleState';
import { parseSnat } from './snat';
import { parseSyncedFiles } from './syncedFiles';
import { parseUnits } from './units';

/** What of a `HostProbe` the facts depend on. */
export interface ProbedHost {
  readonly host: string;
  readonly kind: 'controller' | 'witness';
  readonly vip: string;
}

/** Turns a probe's parts into facts. Each is read by itself: what one can't tell makes no other unknown. */
export function hostFacts(
  probed: ProbedHost,
  parts: ProbeParts,
  timing: ProbeTiming,
  mysql: Fact<MysqlState>,
): HostObservation {
  const atMs = timing.receivedAtMs;
  const root = parts['user']?.text === '0';
  const controller = probed.kind === 'controller';

  /** A fact from one part; `exits` are the exit codes that still mean an answer. */
  const from = <T>(name: string, source: string, read: (part: ProbePart) => T, exits = [0]): Fact<T> => {
    const part = parts[name];
    if (part === undefined) return unknown('the probe gave no answer to this', atMs, source);
    if (!exits.includes(part.exit)) {
      const reason = part.text.split('\n')[0]?.trim() || `it ended with exit code ${part.exit}`;
      return unknown(root ? reason : `${reason} (asked without root's rights)`, atMs, source);
    }
    return attempt(source, () => read(part));
  };
  const attempt = <T>(source: string, read: () => T): Fact<T> => {
    try {
      return known(read(), atMs, source);
    } catch (error) {
      return unknown(error instanceof Error ? error.message : String(error), atMs, source);
    }
  };
  const onController = <T>(source: string, fact: () => Fact<T>): Fact<T> =>
    controller ? fact() : unknown('not asked: this host is no controller', atMs, source);

  const units = from('units', 'systemctl show', (part) => parseUnits(part.text));
  const processes = onController('/proc/*/comm', () =>
    from(
      'processes',
      '/proc/*/comm',
      (part) => part.text.split('\n').map((line) => line.split(':')[1]),
      [0, 1, 2],
    ),
  );
  const runs = (name: string): boolean => {
    if (!processes.known) throw new Error(processes.reason);
    return processes.value.includes(name);
  };
  const keepalivedRuns = (): boolean => {
    if (!units.known) throw new Error(units.reason);
    return units.value['keepalived']?.active === 'active' || /^\d/.test(parts['keepalived-pid']?.text ?? '');
  };
  return {
    host: probed.host,
    atMs,
    reachable: known(true, atMs, 'ssh'),
    bootId: from('boot', 'boot_id', (part) => part.text.trim()),
    uptimeSeconds: from('began', '/proc/uptime', (part) => finite(part.text.split(' ')[0])),
    privileged: from('user', 'id -u', () => root),
    missingPrograms: from('missing', 'command -v', (part) => part.text.split('\n').filter(Boolean)),
    addresses: from('addresses', 'ip -j addr', (part) => parseAddresses(part.text)),
    snat: onController('iptables', () =>
      from('snat', 'iptables -t nat -S', (part) => parseSnat(part.text, probed.vip)),
    ),
    units,
    cmonProcesses: onController('/proc/*/comm', () =>
      attempt('/proc/*/comm', () => {
        if (!processes.known) throw new Error(processes.reason);
        return processes.value.filter((name) => name === 'cmon').length;
      }),
    ),
    // grep: 1 means no line, 2 that a file is missing; both mean that nothing there starts cmon.
    cmonCron: onController('/etc/cron.d', () =>
      from('cron', '/etc/cron.d', (part) => part.text.split('\n').filter(Boolean), [0, 1, 2]),
    ),
    cmonPing: onController('s9s', () =>
      parts['ping']?.exit === 127
        ? unknown('s9s is not installed', atMs, 's9s cluster --ping')
        : from('ping', 's9s cluster --ping', (part) => part.exit === 0 && /^PING\s+ok\b/im.test(part.text), [
            parts['ping']?.exit ?? 0,
          ]),
    ),
    keepalived: onController('keepalived', () =>
      attempt('keepalived', () =>
        keepalivedState(
          {
            config: parts['keepalived-config'],
            version: parts['keepalived-version'],
            test: parts['keepalived-test'],
            dump: parts['keepalived-dump'],
          },
          keepalivedRuns(),
          probed.vip,
        ),
      ),
    ),
    lsyncd: onController('lsyncd', () =>
      attempt('lsyncd', () => {
        const config = parts['lsyncd-config']?.text ?? '';
        if (runs('lsyncd') && config === '')
          throw new Error('lsyncd runs, but its configuration can not be read');
        return {
          running: runs('lsyncd'),
          targets: lsyncdTargets(config),
          login: lsyncdLogin(config),
          ...parseLsyncdStatus(parts['lsyncd-status']?.text ?? ''),
        };
      }),
    ),
    // A document of an earlier program has no such part.
    ...(!controller || parts['files'] === undefined
      ? {}
      : { files: from('files', 'find', (part) => parseSyncedFiles(part.text)) }),
    role: attempt('clustercontrol-ha status', () => parseRoleState(parts['helper'], guardOf(units))),
    resources: attempt('stat -f, date', () => ({
      filesystems: parseFilesystems(parts['resources']?.text ?? ''),
      clockSkewMs: clockSkewMs(parts['began']?.text ?? '', parts['ended']?.text ?? '', timing),
    })),
    mysql: onController('mysql', () => mysql),
    prometheusReady: controller
      ? unknown('not asked: this host is a controller', atMs, 'prometheus')
      : from('prometheus', '/-/ready', (part) => part.exit === 0, [parts['prometheus']?.exit ?? 0]),
    configDigests: from('digests', 'sha256sum', (part) => parseDigests(part.text), [0, 1]),
    // A document of an earlier program has no such part.
    ...(parts['modes'] === undefined
      ? {}
      : { configModes: from('modes', 'stat', (part) => parseModes(part.text), [0, 1]) }),
  };
}

function guardOf(units: Fact<Readonly<Record<string, UnitState>>>): UnitState | undefined {
  if (!units.known) throw new Error(units.reason);
  return units.value['clustercontrol-ha-guard'];
}

function finite(text: string | undefined): number {
  const value = Number.parseFloat(text ?? '');
  if (!Number.isFinite(value)) throw new Error(`not a number: ${text ?? ''}`);
  return value;
}
