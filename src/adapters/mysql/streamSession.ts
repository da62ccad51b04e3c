import type { Connection, ConnectionOptions, RowDataPacket } from 'mysql2/promise';
import type * as mysql2Module from 'mysql2/promise';
import type { Duplex } from 'node:stream';
import { OperatorError } from '../../core/errors';
import type { SqlRow, SqlSession } from '../../core/ports';
import { connectionLost } from '../ssh/failures';
import { sqlFailure, type SqlErrorLike } from './sqlFailure';

type Mysql2 = Pick<typeof mysql2Module, 'createConnection'>;

/** It is CommonJS: node shows its names, a bundle only `default`. */
async function loadMysql2(): Promise<Mysql2> {
  const loaded: Mysql2 & { readonly default?: Mysql2 } = await import('mysql2/promise');
  return loaded.default ?? loaded;
}

/** One mysql2 connection over one stream of an ssh connection. */
export class StreamSqlSession implements SqlSession {
  /** Set when the connection is of no more use. */
  lost = false;

  private constructor(
    private readonly host: string,
    private readonly connection: Connection,
    private readonly timeoutMs: number,
  ) {
    connection.on('error', () => this.destroy());
    connection.on('end', () => this.destroy());
  }

  /** @throws OperatorError sql-access-denied, sql-failed */
  static async open(
    host: string,
    stream: Duplex,
    login: { user: string; password?: string | undefined; socket?: string | undefined },
    timeoutMs: number,
  ): Promise<StreamSqlSession> {
    const { createConnection } = await loadMysql2();
    stream.on('error', () => stream.destroy());
    const options: ConnectionOptions = {
      user: login.user,
      ...(login.password === undefined ? {} : { password: login.password }),
      stream,
      // Only says that the stream ends in a socket: the server takes no RSA-encrypted password there.
      ...(login.socket === undefined ? {} : { socketPath: login.socket }),
      connectTimeout: timeoutMs,
      charset: 'utf8mb4',
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: false,
      disableEval: true,
      // None is made here; the default makes tables for 16,000 of them.
      maxPreparedStatements: 1,
      multipleStatements: false,
    };
    try {
      return new StreamSqlSession(host, await createConnection(options), timeoutMs);
    } catch (error) {
      stream.destroy();
      throw sqlFailure(host, error as SqlErrorLike);
    }
  }

  async query(sql: string, values: readonly (string | number)[] = []): Promise<SqlRow[]> {
    if (this.lost) throw connectionLost(this.host, 'the MySQL connection ended');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        // A timed-out connection stays stuck (measured): it is never used again.
        this.destroy();
        reject(this.timedOut(sql));
      }, this.timeoutMs);
    });
    const answer = this.connection.query<RowDataPacket[]>(sql, [...values]);
    answer.catch(() => undefined);
    try {
      const [rows] = await Promise.race([answer, late]);
      return Array.isArray(rows) ? rows.map(plainRow) : [];
    } catch (error) {
      if (error instanceof OperatorError) throw error;
      const failure = error as SqlErrorLike & { fatal?: boolean };
      if (failure.fatal === true || this.lost) {
        this.destroy();
        throw connectionLost(this.host, failure.message, sql);
      }
      throw sqlFailure(this.host, failure, sql);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    this.destroy();
    return Promise.resolve();
  }

  private destroy(): void {
    this.lost = true;
    this.connection.destroy();
  }

  private timedOut(sql: string): OperatorError {
    return new OperatorError({
      code: 'command-timeout',
      what: `MySQL on ${this.host} gave no answer within ${(this.timeoutMs / 1000).toFixed(1)} s`,
      host: this.host,
      command: sql.slice(0, 60),
      state: 'The connection was dropped; the server may still work on the statement.',
      next: 'Look at its load and disk: SHOW PROCESSLIST; df -h',
    });
  }
}

function plainRow(row: RowDataPacket): SqlRow {
  const plain: Record<string, string | number | null> = {};
  for (const [column, value] of Object.entries(row as Record<string, unknown>)) {
    plain[column] =
      value === null || typeof value === 'number' || typeof value === 'string'
        ? value
        : Buffer.isBuffer(value)
          ? value.toString('utf8')
          : JSON.stringify(value);
  }
  return plain;
}
