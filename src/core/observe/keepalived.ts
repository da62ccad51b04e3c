import type { KeepalivedState } from './host';
import type { ProbePart } from './probeDocument';

const states: Readonly<Record<number, string>> = { 0: 'INIT', 1: 'BACKUP', 2: 'MASTER', 3: 'FAULT' };

interface Dump {
  readonly data?: { readonly state?: number; readonly vips?: readonly string[] };
}

/** State of the instance that carries the VIP, from keepalived's JSON dump; undefined when it has none. */
export function parseVrrpState(dump: string, vip: string): string | undefined {
  try {
    const document = JSON.parse(dump) as Dump[] | { vrrp?: Dump[] };
    const instances = Array.isArray(document) ? document : (document.vrrp ?? []);
    const instance =
      instances.find((one) => one.data?.vips?.some((text) => text.split(/[\s/]/)[0] === vip)) ??
      (instances.length === 1 ? instances[0] : undefined);
    return instance?.data?.state === undefined ? undefined : states[instance.data.state];
  } catch {
    return undefined;
  }
}

/** `Keepalived v2.3.4 (…)` */
export function parseKeepalivedVersion(text: string): string | undefined {
  return /Keepalived v(\S+)/.exec(text)?.[1];
}

/** What moves the VIP: comments of keepalived.conf begin with `#` or `!`. */
export function followsBy(config: string): KeepalivedState['follows'] {
  const text = config.replace(/[#!].*$/gm, '');
  const instance = text.slice(Math.max(0, text.search(/^\s*vrrp_instance\b/m)));
  if (/^\s*track_file\b/m.test(instance)) return 'role-flag';
  return /^\s*track_script\b/m.test(instance) ? 'process-check' : 'none';
}

/** Takes `auth_pass` out, should the host not have done so. */
export function withoutAuthPass(config: string): string {
  return config.replace(/(auth_pass\s+)\S.*$/gm, '$1(hidden)');
}

/** @throws Error when there is a configuration that can't be read: then it is not known what moves the VIP. */
export function keepalivedState(
  parts: {
    config: ProbePart | undefined;
    version: ProbePart | undefined;
    test: ProbePart | undefined;
    dump: ProbePart | undefined;
  },
  running: boolean,
  vip: string,
): KeepalivedState {
  if (parts.config !== undefined && parts.config.exit !== 0 && !/No such file/.test(parts.config.text)) {
    throw new Error(parts.config.text || 'keepalived.conf could not be read');
  }
  const config = parts.config?.exit === 0 ? withoutAuthPass(parts.config.text) : undefined;
  return {
    running,
    state: running && parts.dump !== undefined ? parseVrrpState(parts.dump.text, vip) : undefined,
    version: parts.version === undefined ? undefined : parseKeepalivedVersion(parts.version.text),
    config,
    test:
      parts.test === undefined
        ? undefined
        : { exitCode: parts.test.exit, output: withoutAuthPass(parts.test.text) },
    follows: config === undefined ? 'none' : followsBy(config),
  };
}
