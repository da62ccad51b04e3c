import { Ranges } from './judge/ranges';
import type { Boot } from './watch/hosts';
import { HostSql } from './watch/sql';

/** Logs in by auth_socket: the referee is root on the machine, so there is no password anywhere. */
export const READER = 'root';
export const WRITER = 'referee';
export const PRIVILEGED = 'referee_admin';

const TABLE = 'referee.acknowledged';

/**
 * The referee's own database and accounts. Created on the primary, replicated to the standby. Every row has a key
 * that only one host's probe uses: a row on a wrongly writable standby proves that, and never collides with others.
 */
const STATEMENTS = [
  'CREATE DATABASE IF NOT EXISTS referee',
  `CREATE TABLE IF NOT EXISTS ${TABLE} (run BIGINT NOT NULL, host VARCHAR(64) NOT NULL,
     account VARCHAR(16) NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (run, host, account, id)) ENGINE=InnoDB`,
  ...[WRITER, PRIVILEGED].flatMap((user) => [
    `CREATE USER IF NOT EXISTS ${user}@localhost IDENTIFIED WITH auth_socket AS 'root'`,
    `GRANT INSERT ON referee.* TO ${user}@localhost`,
  ]),
  `GRANT SUPER, CONNECTION_ADMIN ON *.* TO ${PRIVILEGED}@localhost`,
];

export function insertText(run: number, host: string, account: string, id: number): string {
  return `INSERT INTO ${TABLE} VALUES (${String(run)}, '${host}', '${account}', ${String(id)})`;
}

/** @throws when the host isn't writable or its MySQL doesn't answer. */
export async function createSchema(primary: Boot): Promise<void> {
  await withRoot(primary, async (ask) => {
    for (const statement of STATEMENTS) await ask(statement);
  });
}

/** Whether the schema has reached a host. */
export async function hasSchema(boot: Boot): Promise<boolean> {
  try {
    return await withRoot(boot, async (ask) => {
      const rows = await ask(
        `SELECT COUNT(*) AS n FROM mysql.user WHERE user = '${PRIVILEGED}' AND super_priv = 'Y'`,
      );
      return rows[0]?.['n'] === 1;
    });
  } catch {
    return false;
  }
}

/** What of one probe's rows is on a host. */
export async function presentRows(boot: Boot, run: number, host: string, account: string): Promise<Ranges> {
  return withRoot(boot, async (ask) => {
    const where = `run = ${String(run)} AND host = '${host}' AND account = '${account}'`;
    const rows = await ask(`SELECT id FROM ${TABLE} WHERE ${where} ORDER BY id`);
    return Ranges.of(rows.map((row) => Number(row['id'])));
  });
}

/** Which of a host's heartbeats are there. Ids alone say nothing: after a loss another host gives them out again. */
export async function presentHeartbeats(boot: Boot, host: string): Promise<Ranges> {
  return withRoot(boot, async (ask) => {
    const rows = await ask(`SELECT id FROM cmon.heartbeat WHERE host = '${host}' ORDER BY id`);
    return Ranges.of(rows.map((row) => Number(row['id'])));
  });
}

export type Ask = (text: string) => Promise<Readonly<Record<string, unknown>>[]>;

/** @throws what MySQL said. */
export async function withRoot<T>(boot: Boot, use: (ask: Ask) => Promise<T>): Promise<T> {
  const sql = new HostSql(READER);
  try {
    return await use(async (text) => {
      const answer = await sql.query(boot, text);
      if (answer.kind === 'rows') return answer.rows;
      throw new Error(`${text}: ${answer.kind === 'error' ? answer.message : answer.kind}`);
    });
  } finally {
    sql.close();
  }
}
