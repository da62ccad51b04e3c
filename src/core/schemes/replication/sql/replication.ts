import type { SiteHost } from '../../../inventory/site';
import { sqlQuote } from '../../../quote';
import type { ReplicationSite } from '../site';
import { secretLiteral, statement, type Statement } from './statement';
import type { MysqlSeries } from './version';

/**
 * By auto position, with a way to the public key (without one caching_sha2 fails after the source's next restart), trying
 * for ever (the default gives up after ten tries), and with a heartbeat that tells early when the source is gone.
 * Replication must be stopped.
 */
export function changeSource({ mysql }: ReplicationSite, source: SiteHost): Statement {
  const { user, password } = mysql.replicationUser;
  return statement(
    `CHANGE REPLICATION SOURCE TO SOURCE_HOST=${sqlQuote(source.name)}, SOURCE_PORT=${mysql.port}, SOURCE_USER=${sqlQuote(user)}, SOURCE_PASSWORD=${secretLiteral(password.secret)}, SOURCE_AUTO_POSITION=1, SOURCE_SSL=${mysql.tls ? 1 : 0}, GET_SOURCE_PUBLIC_KEY=1, SOURCE_HEARTBEAT_PERIOD=2, SOURCE_RETRY_COUNT=0, SOURCE_CONNECT_RETRY=1`,
  );
}

export function startReplica(): Statement {
  return statement('START REPLICA');
}

/** Forgets the source. The binary logs and gtid_executed stay. */
export function leaveSource(): Statement {
  return statement('STOP REPLICA', 'RESET REPLICA ALL');
}

/** Where the binary log stands: SHOW MASTER STATUS is gone since 8.4 (error 1064). */
export function showBinaryLogStatus(series: MysqlSeries): Statement {
  return statement(series === '8.0' ? 'SHOW MASTER STATUS' : 'SHOW BINARY LOG STATUS');
}

/**
 * The documented way of a new beginning. It succeeds while replication runs, empties gtid_executed and makes the GTID sets of
 * the two servers incomparable (measured): nothing of the product runs it by itself.
 */
export function resetBinaryLogs(series: MysqlSeries): Statement {
  return statement(series === '8.0' ? 'RESET MASTER' : 'RESET BINARY LOGS AND GTIDS');
}
