import { sqlQuote } from '../../../quote';
import type { ReplicationSite } from '../site';
import { secretLiteral, statement, type Statement } from './statement';
import type { MysqlSeries } from './version';

/**
 * The account a replica logs in with, from any host: the holder of the VIP comes from the VIP (measured). Safe to run twice.
 * The documented profile keeps mysql_native_password where the server has it on: 8.0. It is off in 8.4 (manual 8.4,
 * "Native Pluggable Authentication") and gone in 9 (error 1524, measured).
 */
export function createReplicationUser(site: ReplicationSite, series: MysqlSeries): Statement {
  const { replicationUser, tls } = site.mysql;
  const native = site.profile === 'documented' && series === '8.0';
  const plugin = native ? 'mysql_native_password' : 'caching_sha2_password';
  return account(replicationUser, plugin, 'REPLICATION SLAVE, REPLICATION CLIENT', tls);
}

/** The account that CLONE reads the donor with, and that drives a CLONE. Safe to run twice. */
export function createCloneUser(site: ReplicationSite): Statement {
  const { cloneUser, tls } = site.mysql;
  return account(cloneUser, 'caching_sha2_password', 'BACKUP_ADMIN, CLONE_ADMIN', tls);
}

function account(
  { user, password }: ReplicationSite['mysql']['replicationUser'],
  plugin: string,
  privileges: string,
  tls: boolean,
): Statement {
  const name = `${sqlQuote(user)}@'%'`;
  const identified = `IDENTIFIED WITH ${plugin} BY ${secretLiteral(password.secret)}${tls ? ' REQUIRE SSL' : ''}`;
  // ALTER, too: an account that is there already gets this password and plugin.
  return statement(
    `CREATE USER IF NOT EXISTS ${name} ${identified}`,
    `ALTER USER ${name} ${identified}`,
    `GRANT ${privileges} ON *.* TO ${name}`,
  );
}
