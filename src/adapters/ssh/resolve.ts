import { execFile } from 'node:child_process';
import { OperatorError } from '../../core/errors';
import type { SiteHost, SshSettings } from '../../core/inventory/site';
import { parseSshConfigOutput, type SshTarget } from './sshConfigOutput';

export interface ResolveOptions {
  /** Another ssh_config than the operator's own (`ssh -F`). */
  readonly sshConfigFile?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  /** Hosts of the same site: a jump may be named as one of them. */
  readonly hosts: readonly SiteHost[];
}

const longestChain = 8;

/**
 * The way to a host, first hop first, the host itself last. Every hop is resolved by `ssh -G`, so that Match and
 * Include blocks hold; what the inventory says goes before, as ssh's own command line does.
 */
export async function resolveHops(host: SiteHost, options: ResolveOptions): Promise<SshTarget[]> {
  return resolveChain(host.name, host.address, host.ssh, options, 0);
}

async function resolveChain(
  name: string,
  address: string,
  settings: SshSettings,
  options: ResolveOptions,
  depth: number,
): Promise<SshTarget[]> {
  if (depth >= longestChain) {
    throw configFailure(name, `the jump hosts form a chain longer than ${longestChain}`);
  }
  const target = await resolveOne(name, address, settings, options);
  if (target.proxyJump === undefined) return [target];
  const jumps = target.proxyJump.split(',').map((hop) => hop.trim());
  const chain: SshTarget[] = [];
  for (const [index, jump] of jumps.entries()) {
    const known = options.hosts.find((host) => host.name === jump && host.name !== name);
    const hop = known
      ? { name: known.name, address: known.address, settings: known.ssh }
      : { name: jump, ...parseHop(jump) };
    // As `ssh -J a,b`: only the first hop may have a way of its own; the next is reached through it.
    const hops =
      index === 0
        ? await resolveChain(hop.name, hop.address, hop.settings, options, depth + 1)
        : [await resolveOne(hop.name, hop.address, hop.settings, options)];
    chain.push(...hops);
  }
  return [...chain, { ...target, proxyCommand: undefined }];
}

/** `[ssh://][user@]host[:port]` of ProxyJump. */
export function parseHop(text: string): { address: string; settings: SshSettings } {
  const match = /^(?:ssh:\/\/)?(?:(.*)@)?(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?\/?$/.exec(text);
  const address = match?.[2] ?? match?.[3] ?? text;
  const port = match?.[4] === undefined ? undefined : Number(match[4]);
  return { address, settings: { user: match?.[1], port, identityFile: undefined, jump: undefined } };
}

/** The arguments of `ssh -G` for one hop. `--` keeps an address from being read as an option. */
export function configArguments(
  address: string,
  settings: SshSettings,
  sshConfigFile: string | undefined,
): string[] {
  return [
    '-G',
    ...(sshConfigFile === undefined ? [] : ['-F', sshConfigFile]),
    ...(settings.user === undefined ? [] : ['-l', settings.user]),
    ...(settings.port === undefined ? [] : ['-p', String(settings.port)]),
    ...(settings.identityFile === undefined ? [] : ['-o', `IdentityFile="${settings.identityFile}"`]),
    ...(settings.jump === undefined ? [] : ['-o', `ProxyJump=${settings.jump}`]),
    '--',
    address,
  ];
}

async function resolveOne(
  name: string,
  address: string,
  settings: SshSettings,
  options: ResolveOptions,
): Promise<SshTarget> {
  const text = await new Promise<string>((resolve, reject) => {
    const args = configArguments(address, settings, options.sshConfigFile);
    execFile('ssh', args, { env: options.env, timeout: 5000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (error.code === 'ENOENT')
        reject(configFailure(name, 'the ssh program is not installed here', error));
      else reject(configFailure(name, stderr.trim() || error.message, error));
    });
  });
  return { ...parseSshConfigOutput(address, text, options.env), name };
}

function configFailure(host: string, reason: string, cause?: unknown): OperatorError {
  return new OperatorError({
    code: 'ssh-unsupported',
    what: `Your ssh configuration for ${host} can't be read: ${reason}`,
    host,
    command: 'ssh -G',
    state: 'No connection was opened.',
    next: 'Run that command in a terminal and mend the configuration, or name user, port and key in the inventory.',
    cause,
  });
}
