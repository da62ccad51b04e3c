import { OperatorError } from '../../core/errors';
import type { SiteHost } from '../../core/inventory/site';
import type { Clock, HostSessions, Log, SecretStore } from '../../core/ports';
import { SshConnection } from './connection';
import type { HostKeyPrompt } from './hostKey';
import type { PassphrasePrompt } from './identities';
import { resolveHops } from './resolve';
import { SshSession } from './session';

export interface HostSessionsOptions {
  /** Another ssh_config than the operator's own. */
  readonly sshConfigFile?: string | undefined;
  /** Asked for a host key that no known_hosts file names; absent: such hosts are refused. */
  readonly askHostKey?: HostKeyPrompt | undefined;
  /** Default: the secret `ssh-key-passphrase`. */
  readonly askPassphrase?: PassphrasePrompt | undefined;
  readonly secrets: SecretStore;
  readonly log: Log;
  readonly clock: Clock;
  /** Where SSH_AUTH_SOCK is read; default: the process's own. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** `HostSessions` by ssh, with what only ssh can give: streams to sockets and ports of the host. */
export interface SshHostSessions extends HostSessions {
  get(host: string): Promise<SshSession>;
}

/** @param hosts of one site or of several; their names must be unique here. */
export function createHostSessions(
  hosts: readonly SiteHost[],
  options: HostSessionsOptions,
): SshHostSessions {
  return new KeptSessions(hosts, options);
}

class KeptSessions implements SshHostSessions {
  private readonly sessions = new Map<string, Promise<SshSession>>();
  private closed = false;

  constructor(
    private readonly hosts: readonly SiteHost[],
    private readonly options: HostSessionsOptions,
  ) {}

  async get(name: string): Promise<SshSession> {
    const kept = this.sessions.get(name);
    if (kept !== undefined) {
      const session = await kept;
      if (!session.lost) return session;
      // Whoever sees the loss first opens the next one; the others find it here.
      if (this.sessions.get(name) === kept) this.sessions.delete(name);
      return this.get(name);
    }
    const opening = this.open(name);
    this.sessions.set(name, opening);
    opening.catch(() => {
      if (this.sessions.get(name) === opening) this.sessions.delete(name);
    });
    return opening;
  }

  async close(): Promise<void> {
    this.closed = true;
    const sessions = await Promise.allSettled(this.sessions.values());
    this.sessions.clear();
    for (const session of sessions) {
      if (session.status === 'fulfilled') await session.value.close();
    }
  }

  private async open(name: string): Promise<SshSession> {
    const host = this.hosts.find((candidate) => candidate.name === name);
    if (host === undefined || this.closed) {
      throw new OperatorError({
        code: 'internal',
        what: this.closed ? 'The connections were closed' : `No host is called ${name}`,
        host: name,
        state: 'Nothing was done.',
        next: 'Refresh the site.',
      });
    }
    const { log, clock, secrets } = this.options;
    const env = this.options.env ?? process.env;
    const startedMs = clock.monotonicMs();
    const chain = await resolveHops(host, {
      sshConfigFile: this.options.sshConfigFile,
      env,
      hosts: this.hosts,
    });
    const connection = await SshConnection.open(chain, {
      askHostKey: this.options.askHostKey,
      passphrase: this.options.askPassphrase ?? (() => secrets.get('ssh-key-passphrase')),
      log,
    });
    const way = chain.map((hop) => `${hop.user}@${hop.hostname}:${hop.port}`).join(' > ');
    log.info(`${name}: connected (${way}) in ${Math.round(clock.monotonicMs() - startedMs)} ms`);
    connection.onLost((reason) => log.info(`${name}: connection ended: ${reason}`));
    return new SshSession(connection, clock);
  }
}
