import { homedir, userInfo } from 'node:os';

/** Whether an unknown host key may be taken. A changed one never is. */
export type UnknownKeyPolicy = 'ask' | 'accept-new' | 'refuse';

/** One hop as the operator's own ssh configuration resolves it. */
export interface SshTarget {
  /** What the inventory or the configuration calls it. */
  readonly name: string;
  readonly hostname: string;
  readonly port: number;
  readonly user: string;
  readonly identityFiles: readonly string[];
  /** False when `identityFiles` are only OpenSSH's default names. */
  readonly identitiesChosen: boolean;
  readonly identitiesOnly: boolean;
  /** Socket of the agent; undefined: none. */
  readonly agentSocket: string | undefined;
  readonly certificateFiles: readonly string[];
  readonly userKnownHostsFiles: readonly string[];
  readonly globalKnownHostsFiles: readonly string[];
  readonly revokedHostKeysFile: string | undefined;
  readonly unknownKey: UnknownKeyPolicy;
  readonly hashKnownHosts: boolean;
  readonly hostKeyAlias: string | undefined;
  readonly connectTimeoutMs: number;
  /** Comma-separated hops as ssh_config(5) ProxyJump has them; undefined: direct. */
  readonly proxyJump: string | undefined;
  readonly proxyCommand: string | undefined;
}

/** A dead host has to be found within five seconds when the operator's configuration says nothing else. */
const defaultConnectTimeoutMs = 4000;
const defaultKeyName = /\/\.ssh\/id_(rsa|dsa|ecdsa|ecdsa_sk|ed25519|ed25519_sk|xmss)$/;

/** Reads what `ssh -G` prints: one `keyword value` a line, keywords in lower case. */
export function parseSshConfigOutput(name: string, text: string, env: NodeJS.ProcessEnv): SshTarget {
  const values = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) {
      const key = line.slice(0, space).toLowerCase();
      values.set(key, [...(values.get(key) ?? []), line.slice(space + 1).trim()]);
    }
  }
  const one = (key: string): string | undefined => {
    const value = values.get(key)?.[0];
    return value === undefined || value === '' || value.toLowerCase() === 'none' ? undefined : value;
  };
  const hostname = one('hostname') ?? name;
  const user = one('user') ?? userInfo().username;
  const port = Number(one('port') ?? '22');
  const path = (text: string) => expandPath(text, { hostname, user, port, name });
  const paths = (key: string): string[] => (one(key) ?? '').split(/\s+/).filter(Boolean).map(path);
  const identityFiles = (values.get('identityfile') ?? []).filter((file) => file !== 'none').map(path);
  return {
    name,
    hostname,
    port,
    user,
    identityFiles,
    identitiesChosen: identityFiles.some((file) => !defaultKeyName.test(file)),
    identitiesOnly: one('identitiesonly') === 'yes',
    agentSocket: agentSocket(values.get('identityagent')?.[0], env, path),
    certificateFiles: (values.get('certificatefile') ?? []).filter((file) => file !== 'none').map(path),
    userKnownHostsFiles: paths('userknownhostsfile'),
    globalKnownHostsFiles: paths('globalknownhostsfile'),
    revokedHostKeysFile: paths('revokedhostkeys')[0],
    unknownKey: unknownKeyPolicy(one('stricthostkeychecking')),
    hashKnownHosts: one('hashknownhosts') === 'yes',
    hostKeyAlias: one('hostkeyalias'),
    connectTimeoutMs: Number(one('connecttimeout') ?? '0') * 1000 || defaultConnectTimeoutMs,
    proxyJump: one('proxyjump'),
    proxyCommand: one('proxycommand'),
  };
}

/** `no` becomes `ask`: a key that nobody has seen is never taken in silence; `accept-new` is the way to say so. */
function unknownKeyPolicy(value: string | undefined): UnknownKeyPolicy {
  if (value === 'yes' || value === 'true') return 'refuse';
  return value === 'accept-new' ? 'accept-new' : 'ask';
}

function agentSocket(
  value: string | undefined,
  env: NodeJS.ProcessEnv,
  path: (text: string) => string,
): string | undefined {
  if (value === 'none') return undefined;
  if (value === undefined || value === 'SSH_AUTH_SOCK') return env['SSH_AUTH_SOCK'] || undefined;
  return value.startsWith('$') ? env[value.replace(/^\$\{?(\w+)\}?$/, '$1')] : path(value);
}

/** The tokens of ssh_config(5) that stand in file names. */
export function expandPath(
  text: string,
  about: { hostname: string; user: string; port: number; name: string },
): string {
  const tokens: Record<string, string> = {
    '%%': '%',
    '%d': homedir(),
    '%h': about.hostname,
    '%n': about.name,
    '%p': String(about.port),
    '%r': about.user,
    '%u': userInfo().username,
    '%i': String(userInfo().uid),
  };
  return text.replace(/^~(?=\/|$)/, homedir()).replace(/%[%dhnprui]/g, (token) => tokens[token] ?? token);
}
