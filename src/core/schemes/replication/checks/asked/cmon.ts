import type { PlanQuestion } from '../../../scheme';

/** What cmon of one host is set to, and which packages it is of. */
export interface CmonAnswer {
  /** `hostname` of each of its files, by path. */
  readonly hostnames: readonly { readonly file: string; readonly value: string }[];
  readonly prometheusHostnames: readonly { readonly file: string; readonly value: string }[];
  /** RPC_BIND_ADDRESSES; undefined where the file doesn't set it. */
  readonly rpcBindAddresses: string | undefined;
  /** A digest of all its RPC keys: only whether both hosts have the same. */
  readonly rpcKeys: string;
  /** `clustercontrol-controller 2.3.2-1234`, sorted. */
  readonly packages: readonly string[];
}

/** Only lines that are wanted leave the host: passwords stand in the same files. */
export function cmonQuestion(id: string, host: string): PlanQuestion {
  return {
    id,
    host,
    script: [
      `[ -r /etc/cmon.cnf ] || { echo 'there is no /etc/cmon.cnf' >&2; exit 1; }`,
      `set -- /etc/cmon.cnf /etc/cmon.d/cmon_*.cnf`,
      `grep -Hs -E '^[[:space:]]*(hostname|prometheus_hostname|RPC_BIND_ADDRESSES)[[:space:]]*=' "$@" /etc/default/cmon`,
      `printf 'keys '; sed -n 's/^[[:space:]]*rpc_key[[:space:]]*=[[:space:]]*//p' "$@" 2>/dev/null | sha256sum`,
      `if command -v dpkg-query >/dev/null 2>&1; then dpkg-query -W -f='package \${db:Status-Abbrev} \${Package} \${Version}\\n' 'clustercontrol*' 's9s-tools' 2>/dev/null; else rpm -qa --qf 'package ii %{NAME} %{VERSION}-%{RELEASE}\\n' 'clustercontrol*' 's9s-tools' 2>/dev/null; fi`,
      `exit 0`,
    ].join('\n'),
    timeoutMs: 3_000,
  };
}

const unquoted = (text: string): string => text.trim().replace(/^(['"])(.*)\1$/, '$2');

export function readCmon(text: string): CmonAnswer {
  const settings = text.split('\n').flatMap((line) => {
    const match = /^(\/[^:]+):\s*(\w+)\s*=(.*)$/.exec(line);
    return match === null
      ? []
      : [{ file: match[1] ?? '', name: match[2] ?? '', value: unquoted(match[3] ?? '') }];
  });
  const named = (name: string) =>
    settings.filter((one) => one.name === name).map(({ file, value }) => ({ file, value }));
  return {
    hostnames: named('hostname'),
    prometheusHostnames: named('prometheus_hostname'),
    rpcBindAddresses: named('RPC_BIND_ADDRESSES').at(-1)?.value,
    rpcKeys: /^keys (\S+)/m.exec(text)?.[1] ?? '',
    packages: [...text.matchAll(/^package ii +(.+)$/gm)].map((match) => match[1] ?? '').sort(),
  };
}
