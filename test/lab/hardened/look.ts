import { sql } from '../documented/mysql';
import type { Lab } from '../lab';
import { CONTROLLERS, peerOf, VIP, type ControllerName, type HostName } from '../site';
import { describeHost } from '../promote/roles';
import { waitFor } from '../wait';
import { HELPER } from './assets';

/** What `clustercontrol-ha status` prints (docs/host-helper.md). */
export interface HelperStatus {
  readonly self: string;
  readonly role: { readonly epoch: number; readonly role: string; readonly primary: string } | null;
  readonly pending: { readonly epoch: number; readonly primary: string } | null;
  readonly witness: { readonly epoch: number; readonly primary: string } | null;
  readonly active: number | null;
  readonly lease: {
    readonly token: number;
    readonly plan: string;
    readonly operator: string;
    readonly remainingSeconds: number;
    readonly state: string;
  } | null;
}

export async function helperStatus(lab: Lab, host: HostName): Promise<HelperStatus> {
  return JSON.parse(await lab.mustConsole(host, `${HELPER} status`)) as HelperStatus;
}

/** A host's parts, each looked at by itself: `open` and `closed` are these, all of them. */
export interface Parts {
  readonly flag: boolean;
  readonly vip: boolean;
  readonly snat: boolean;
  /** undefined: MySQL does not answer. */
  readonly writable: boolean | undefined;
  readonly cmon: boolean;
}

const LOOK = `[ -e /run/clustercontrol-ha/active ]; echo $?
ip -4 -o addr show dev eth0 | grep -qF ' ${VIP}/'; echo $?
iptables -w 5 -t nat -S | grep -qF -- '--to-source ${VIP}'; echo $?
mysql --batch --skip-column-names --execute 'SELECT @@GLOBAL.super_read_only' 2>/dev/null || echo -
pgrep -x cmon >/dev/null; echo $?`;

export async function parts(lab: Lab, host: ControllerName): Promise<Parts> {
  const [flag, vip, snat, readOnly, cmon] = (await lab.mustConsole(host, LOOK)).split('\n');
  return {
    flag: flag === '0',
    vip: vip === '0',
    snat: snat === '0',
    writable: readOnly === '-' ? undefined : readOnly === '0',
    cmon: cmon === '0',
  };
}

export async function isOpen(lab: Lab, host: ControllerName): Promise<boolean> {
  const { flag, vip, snat, writable, cmon } = await parts(lab, host);
  return flag && vip && snat && writable === true && cmon;
}

/** Nothing of a primary is left. A MySQL that does not run takes no writes either. */
export async function isClosed(lab: Lab, host: ControllerName): Promise<boolean> {
  const { flag, vip, snat, writable, cmon } = await parts(lab, host);
  return !flag && !vip && !snat && writable !== true && !cmon;
}

/** Returns after how many ms. */
export async function untilOpen(lab: Lab, host: ControllerName, timeoutMs: number): Promise<number> {
  const begin = performance.now();
  await waitFor(`${host} to be open`, timeoutMs, () => isOpen(lab, host));
  return performance.now() - begin;
}

export async function untilClosed(lab: Lab, host: ControllerName, timeoutMs: number): Promise<number> {
  const begin = performance.now();
  await waitFor(`${host} to be closed`, timeoutMs, () => isClosed(lab, host));
  return performance.now() - begin;
}

/** `primary` open and lsyncd on it, the other one closed and replicating. */
export async function untilHealthy(lab: Lab, primary: ControllerName, timeoutMs = 60_000): Promise<void> {
  const standby = peerOf(primary);
  await waitFor(`${primary} primary, ${standby} its standby`, timeoutMs, async () => {
    if (!(await isOpen(lab, primary)) || !(await isClosed(lab, standby))) return false;
    const threads = await lab.console(standby, 'mysql --batch --skip-column-names', { input: THREADS });
    const sync = await lab.console(primary, 'systemctl is-active --quiet lsyncd');
    return threads.stdout.trim() === '2' && sync.code === 0;
  }).catch(async (error: unknown) => {
    const states = await Promise.all(CONTROLLERS.map((host) => describeHost(lab, host)));
    throw new Error([String(error), ...states].join('\n'), { cause: error });
  });
}

const THREADS = `SELECT (SELECT COUNT(*) FROM performance_schema.replication_connection_status WHERE service_state = 'ON')
 + (SELECT COUNT(*) FROM performance_schema.replication_applier_status WHERE service_state = 'ON')`;

/** Polls as fast as consoles allow until `stop`; true when both hosts took writes at the same look. */
export function watchForTwoWriters(lab: Lab): { stop(): Promise<boolean> } {
  let running = true;
  const seen = (async () => {
    let twice = false;
    while (running) {
      const answers = await Promise.all(
        CONTROLLERS.map((host) =>
          sql(lab, host, 'SELECT @@GLOBAL.super_read_only').then(
            (text) => text.trim() === '0',
            () => false,
          ),
        ),
      );
      twice ||= answers.every(Boolean);
    }
    return twice;
  })();
  return {
    stop: () => {
      running = false;
      return seen;
    },
  };
}

export function guardLog(lab: Lab, host: HostName, since = ''): Promise<string> {
  return lab.mustConsole(host, `journalctl -b -u clustercontrol-ha-guard -o cat --no-pager ${since}`);
}
