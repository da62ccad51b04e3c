import type { SqlRow, SqlSession } from '../../core/ports';
import { shellQuote, sqlQuote } from '../../core/quote';
import type { SshSession } from '../ssh/session';
import { parseBatchXml } from './batchXml';
import { sqlFailure } from './sqlFailure';

/** `sudo mysql`: one client a statement, for hosts whose socket can't be forwarded to us. */
export class BatchSqlSession implements SqlSession {
  constructor(
    private readonly session: SshSession,
    private readonly socket: string,
    private readonly timeoutMs: number,
  ) {}

  async query(sql: string, values: readonly (string | number)[] = []): Promise<SqlRow[]> {
    const result = await this.session.run({
      script: `mysql --batch --xml --connect-timeout=3 --default-character-set=utf8mb4 --protocol=socket --host=localhost --socket=${shellQuote(this.socket)}`,
      stdin: `${fill(sql, values)};\n`,
      timeoutMs: this.timeoutMs,
      privileged: true,
    });
    if (result.exitCode === 0) return parseBatchXml(result.stdout);
    const message = result.stderr.trim();
    const errno = /^ERROR (\d+)/m.exec(message)?.[1];
    throw sqlFailure(
      this.session.host,
      { message, errno: errno === undefined ? undefined : Number(errno) },
      sql,
    );
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** Puts values for `?`, in order. A `?` within a literal of `sql` is not meant to occur. */
function fill(sql: string, values: readonly (string | number)[]): string {
  let next = 0;
  return sql.replace(/\?/g, () => {
    const value = values[next++];
    if (value === undefined) throw new RangeError('a value is missing for the statement');
    return typeof value === 'number' ? String(value) : sqlQuote(value);
  });
}
