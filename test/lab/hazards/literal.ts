/** Commands and statements of the ClusterControl documentation ("ClusterControl Replication"), to the letter. */

const SERVICES = 'cmon cmon-cloud cmon-ssh cmon-events cmon-proxy kuber-proxy';
export const STOP_SERVICES = `systemctl stop ${SERVICES}`;
export const START_SERVICES = `systemctl start ${SERVICES}`;
export const STOP_MYSQL = 'systemctl stop mysql';
export const STOP_LSYNCD = 'systemctl stop lsyncd';
export const START_LSYNCD = 'systemctl start lsyncd';

/** "Stop MySQL replication on cc2, reset binary log and disable read-only". */
export const PROMOTION_SQL = `STOP REPLICA;
RESET MASTER;
RESET SLAVE ALL;
SET GLOBAL read_only=0;
SET GLOBAL super_read_only=0;`;

/** The same with the two statements as MySQL 8.4 and later spell them: else nobody gets further than hazard 14. */
export const PROMOTION_SQL_SPELLED = PROMOTION_SQL.replace(
  'RESET MASTER',
  'RESET BINARY LOGS AND GTIDS',
).replace('RESET SLAVE ALL', 'RESET REPLICA ALL');

export const PASSWORD = 'Secur3_p4ssword';

export function cloneSql(donor: string): string {
  return `CLONE INSTANCE FROM 'clone'@'${donor}':3306 IDENTIFIED BY '${PASSWORD}';`;
}

export function sourceSql(source: string): string {
  return `CHANGE REPLICATION SOURCE TO
  SOURCE_HOST = '${source}',
  SOURCE_USER = 'repl',
  SOURCE_PASSWORD = '${PASSWORD}',
  SOURCE_AUTO_POSITION = 1;`;
}

/** The same for an account that nobody has logged in with since the source started: else hazard 23 comes first. */
export function sourceSqlWithKey(source: string): string {
  return sourceSql(source).replace('= 1;', '= 1, GET_SOURCE_PUBLIC_KEY = 1;');
}

export const READ_ONLY_SQL = 'SET GLOBAL read_only = 1; SET GLOBAL super_read_only = 1;';

/** Step 2.2. */
export const SYSCTL = 'echo "net.ipv4.ip_nonlocal_bind = 1" | tee -a /etc/sysctl.conf';
