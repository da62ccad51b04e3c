import { createConnection, type Connection, type QueryError, type RowDataPacket } from 'mysql2';
import type { Boot } from './hosts';

export type SqlAnswer =
  | { readonly kind: 'rows'; readonly rows: RowDataPacket[] }
  /** The server said no because it is read-only. */
  | { readonly kind: 'read-only' }
  /** Nothing listens: no server, no writer. */
  | { readonly kind: 'no-server' }
  | { readonly kind: 'error'; readonly message: string };

/** ER_OPTION_PREVENTS_STATEMENT (--read-only, --super-read-only) and ER_READ_ONLY_MODE. */
const READ_ONLY = new Set([1290, 1836]);
const NO_SERVER = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTDIR', 'ESRCH']);

/**
 * One kept connection to a host's MySQL by its local socket, as a program on that host would have it: no network, no
 * VIP, no ssh between the question and the answer. Connects anew whenever it has to.
 */
export class HostSql {
  private connection: Connection | undefined;
  private boot: Boot | undefined;

  constructor(private readonly user: string) {}

  query(boot: Boot, text: string): Promise<SqlAnswer> {
    const connection = this.connected(boot);
    return new Promise((resolve) => {
      connection.query<RowDataPacket[]>(text, (error: QueryError | null, rows) => {
        if (error === null) {
          resolve({ kind: 'rows', rows });
          return;
        }
        if (error.fatal || error.errno === undefined || error.errno < 1000) this.drop(connection);
        if (error.errno !== undefined && READ_ONLY.has(error.errno)) resolve({ kind: 'read-only' });
        else if (NO_SERVER.has(error.code ?? '')) resolve({ kind: 'no-server' });
        else resolve({ kind: 'error', message: error.message });
      });
    });
  }

  close(): void {
    this.connection?.destroy();
    this.connection = undefined;
  }

  private connected(boot: Boot): Connection {
    if (this.connection !== undefined && this.boot?.net === boot.net) return this.connection;
    this.close();
    const connection = createConnection({
      socketPath: `/proc/${String(boot.pid)}/root/run/mysqld/mysqld.sock`,
      user: this.user,
      connectTimeout: 1000,
      // The default makes tables for 16,000 of them, for each connection; where no server is, that is one every 5 ms.
      maxPreparedStatements: 1,
      disableEval: true,
      charset: 'utf8mb4',
    });
    // Errors reach the query's callback; those between two queries only end the connection.
    connection.on('error', () => this.drop(connection));
    this.connection = connection;
    this.boot = boot;
    return connection;
  }

  private drop(connection: Connection): void {
    connection.destroy();
    if (this.connection === connection) this.connection = undefined;
  }
}
