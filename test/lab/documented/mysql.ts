import type { Lab } from '../lab';
import { CONTROLLERS, MYSQL_PASSWORD, peerOf, type ControllerName } from '../site';
import { waitFor } from '../wait';
import { sqlQuote } from '../../../src/core/quote';

/** Lines of steps 4.3 and 4.4. MySQL 9.7 warns of `binlog_format` and `log_slave_updates`, and starts. */
export function documentedMyCnf(serverId: number): string {
  return `
[mysqld]
server-id               = ${serverId}
log_bin                 = mysql-bin
binlog_format           = ROW
gtid_mode               = ON
enforce_gtid_consistency= ON
log_slave_updates       = ON
binlog_expire_logs_seconds = 604800
bind-address            = 0.0.0.0
# CLONE plugin
plugin-load-add         = mysql_clone.so
clone                   = FORCE_PLUS_PERMANENT
clone_valid_donor_list  = 'cc1:3306,cc2:3306'
`;
}

/** Runs statements as root by the local socket. @throws with what mysql said. */
export async function sql(lab: Lab, host: ControllerName, statements: string): Promise<string> {
  const outcome = await lab.console(host, 'mysql --batch --skip-column-names', { input: statements });
  if (outcome.code !== 0) throw new Error(`mysql on ${host}: ${outcome.stderr.trim()}\n${statements}`);
  return outcome.stdout;
}

export async function waitForMysql(lab: Lab, host: ControllerName, timeoutMs = 60_000): Promise<void> {
  await waitFor(`MySQL on ${host}`, timeoutMs, async () => {
    const outcome = await lab.console(host, 'mysql --batch --skip-column-names --execute "SELECT 1"');
    return outcome.code === 0;
  });
}

/** Appended behind Debian's `!includedir` lines: before them, its `bind-address=127.0.0.1` would win. */
export async function configureMysql(lab: Lab, host: ControllerName, myCnf: string): Promise<void> {
  await lab.mustConsole(host, 'cat >>/etc/mysql/mysql.cnf', { input: myCnf });
  await lab.mustConsole(host, 'systemctl restart mysql');
  await waitForMysql(lab, host);
}

/**
 * Step 4.6. `mysql_native_password` is gone from MySQL 9 (error 1524): caching_sha2_password instead. And what
 * `install-cc` makes: cmon's own schema and account, here of the stand-in, by the local socket and without a password.
 */
export async function createAccounts(lab: Lab, host: ControllerName): Promise<void> {
  const password = sqlQuote(MYSQL_PASSWORD);
  await sql(
    lab,
    host,
    `CREATE USER 'clone'@'%' IDENTIFIED BY ${password};
     GRANT BACKUP_ADMIN, CLONE_ADMIN ON *.* TO 'clone'@'%';
     CREATE USER 'repl'@'%' IDENTIFIED WITH caching_sha2_password BY ${password};
     GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'repl'@'%';
     CREATE DATABASE cmon;
     CREATE USER 'cmon'@'localhost' IDENTIFIED WITH auth_socket AS 'root';
     GRANT ALL ON cmon.* TO 'cmon'@'localhost';`,
  );
}

/** Step 4.7. mysqld ends itself after a CLONE, and systemd starts it again; the client hears OK before that. */
export async function cloneFrom(lab: Lab, donor: ControllerName): Promise<void> {
  const recipient = peerOf(donor);
  const before = await sql(lab, recipient, 'SELECT NOW(3)');
  await sql(
    lab,
    recipient,
    `CLONE INSTANCE FROM 'clone'@'${donor}':3306 IDENTIFIED BY ${sqlQuote(MYSQL_PASSWORD)}`,
  );
  await waitFor(`the CLONE on ${recipient}`, 60_000, async () => {
    const query = `SELECT state FROM performance_schema.clone_status WHERE begin_time > ${sqlQuote(before.trim())}`;
    const outcome = await lab.console(recipient, 'mysql --batch --skip-column-names', { input: query });
    return outcome.code === 0 && outcome.stdout.trim() === 'Completed';
  });
}

/** Steps 4.8 and 4.9. TLS and the key request, because caching_sha2_password fails without once the cache is cold. */
export async function replicateFrom(lab: Lab, source: ControllerName): Promise<void> {
  const replica = peerOf(source);
  await sql(
    lab,
    replica,
    `CHANGE REPLICATION SOURCE TO SOURCE_HOST='${source}', SOURCE_USER='repl', SOURCE_PASSWORD=${sqlQuote(MYSQL_PASSWORD)},
       SOURCE_AUTO_POSITION=1, SOURCE_SSL=1, GET_SOURCE_PUBLIC_KEY=1, SOURCE_CONNECT_RETRY=2, SOURCE_RETRY_COUNT=0;
     START REPLICA;`,
  );
  await waitForReplication(lab, replica);
}

export async function waitForReplication(lab: Lab, replica: ControllerName): Promise<void> {
  const query = `SELECT c.service_state = 'ON' AND a.service_state = 'ON'
    FROM performance_schema.replication_connection_status c, performance_schema.replication_applier_status a`;
  await waitFor(
    `replication on ${replica}`,
    30_000,
    async () => (await sql(lab, replica, query)).trim() === '1',
  );
}

/** Waits until a heartbeat that cmon writes now is on the replica: threads alone prove nothing. */
export async function waitForFlow(lab: Lab, source: ControllerName): Promise<void> {
  const newest = 'SELECT COALESCE(MAX(id), 0) FROM cmon.heartbeat';
  const goal = Number(await sql(lab, source, newest));
  await waitFor(`heartbeats of ${source} on ${peerOf(source)}`, 30_000, async () => {
    return Number(await sql(lab, peerOf(source), newest)) > goal;
  });
}

/** Steps 4.1 to 4.9: both configured, cc2 cloned from cc1 and replicating. */
export async function setUpReplication(lab: Lab, myCnf: (serverId: number) => string): Promise<void> {
  await Promise.all(CONTROLLERS.map((host, index) => configureMysql(lab, host, myCnf(index + 1))));
  await createAccounts(lab, 'cc1');
  await cloneFrom(lab, 'cc1');
  await replicateFrom(lab, 'cc1');
}
