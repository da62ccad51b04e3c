import { isOperatorError, OperatorError } from '../../core/errors';
import type { SecretReference } from '../../core/inventory/site';
import type { Log, SecretStore, SqlSession } from '../../core/ports';
import type { SshSession } from '../ssh/session';
import type { SshHostSessions } from '../ssh/sessions';
import { BatchSqlSession } from './batchSession';
import { StreamSqlSession } from './streamSession';

/** How the hosts' MySQL is reached; from the site's `mysql`. */
export interface MysqlAccess {
  readonly socket: string;
  readonly port: number;
  /** Undefined: root by the unix socket. */
  readonly admin: { readonly user: string; readonly password: SecretReference } | undefined;
}

/** One kept MySQL session a host, opened on first use, reopened after a loss. */
export interface SqlSessions {
  get(host: string): Promise<SqlSession>;
  close(): Promise<void>;
}

const queryTimeoutMs = 5000;

export function createSqlSessions(
  sessions: SshHostSessions,
  access: MysqlAccess,
  dependencies: { readonly secrets: SecretStore; readonly log: Log },
): SqlSessions {
  return new KeptSqlSessions(sessions, access, dependencies.secrets, dependencies.log);
}

interface Kept {
  readonly through: SshSession;
  readonly session: SqlSession & { readonly lost?: boolean };
}

class KeptSqlSessions implements SqlSessions {
  private readonly kept = new Map<string, Promise<Kept>>();

  constructor(
    private readonly sessions: SshHostSessions,
    private readonly access: MysqlAccess,
    private readonly secrets: SecretStore,
    private readonly log: Log,
  ) {}

  async get(host: string): Promise<SqlSession> {
    const before = this.kept.get(host);
    if (before !== undefined) {
      const { session, through } = await before;
      if (session.lost !== true && !through.lost) return session;
      if (this.kept.get(host) === before) this.kept.delete(host);
      return this.get(host);
    }
    const opening = this.open(host);
    this.kept.set(host, opening);
    opening.catch(() => {
      if (this.kept.get(host) === opening) this.kept.delete(host);
    });
    return (await opening).session;
  }

  async close(): Promise<void> {
    const all = await Promise.allSettled(this.kept.values());
    this.kept.clear();
    for (const one of all) if (one.status === 'fulfilled') await one.value.session.close();
  }

  /** Root by the socket where ssh is root, then the admin user, then the client on the host as root. */
  private async open(host: string): Promise<Kept> {
    const through = await this.sessions.get(host);
    const tried: string[] = [];
    if (through.user === 'root') {
      const session = await this.attempt(tried, 'root by the socket', () =>
        this.overSocket(through, { user: 'root' }),
      );
      if (session !== undefined) return { through, session };
    }
    const { admin } = this.access;
    if (admin !== undefined) {
      const login = { user: admin.user, password: await this.password(host, admin.password) };
      const session =
        (await this.attempt(
          tried,
          `${admin.user} by the socket`,
          () => this.overSocket(through, login),
          true,
        )) ?? (await this.attempt(tried, `${admin.user} by TCP`, () => this.overTcp(through, login), true));
      if (session !== undefined) return { through, session };
    }
    const batch = new BatchSqlSession(through, this.access.socket, queryTimeoutMs);
    await batch.query('SELECT 1');
    if (tried.length > 0) this.log.info(`${host}: MySQL by the client on the host (${tried.join('; ')})`);
    return { through, session: batch };
  }

  /** Undefined when this way doesn't work. A refused password is the answer when the operator named the account. */
  private async attempt(
    tried: string[],
    way: string,
    open: () => Promise<StreamSqlSession>,
    refusalIsFinal = false,
  ): Promise<StreamSqlSession | undefined> {
    try {
      return await open();
    } catch (error) {
      const final = isOperatorError(error) && error.code === 'sql-access-denied' && refusalIsFinal;
      if (final || (isOperatorError(error) && error.code === 'connection-lost')) throw error;
      tried.push(`${way}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  private async overSocket(through: SshSession, login: { user: string; password?: string }) {
    const stream = await through.openSocket(this.access.socket);
    return StreamSqlSession.open(
      through.host,
      stream,
      { ...login, socket: this.access.socket },
      queryTimeoutMs,
    );
  }

  private async overTcp(through: SshSession, login: { user: string; password?: string }) {
    const stream = await through.openPort('127.0.0.1', this.access.port);
    return StreamSqlSession.open(through.host, stream, login, queryTimeoutMs);
  }

  private async password(host: string, reference: SecretReference): Promise<string> {
    const value = await this.secrets.get(reference.secret);
    if (value !== undefined) return value;
    throw new OperatorError({
      code: 'secret-missing',
      what: `The secret ${reference.secret} (MySQL's admin) is not there`,
      host,
      state: 'MySQL was not asked.',
      next: 'Enter it in the editor when it asks, or set its environment variable for the CLI.',
    });
  }
}
