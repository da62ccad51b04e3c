import type { SqlRow } from '../ports';
import type { MysqlState, ReplicaState } from './mysql';

/**
 * @param server the row of `serverStateQuery`; values may be text or numbers, as the client gives them.
 * @param channels the rows of `SHOW REPLICA STATUS`.
 * @throws Error when a column is missing.
 */
export function parseMysqlState(server: SqlRow | undefined, channels: readonly SqlRow[]): MysqlState {
  if (server === undefined) throw new Error('the server answered without a row');
  const channel = channels.find((row) => row['Channel_Name'] === '') ?? channels[0];
  return {
    version: text(server, 'version'),
    serverId: number(server, 'server_id'),
    serverUuid: text(server, 'server_uuid'),
    readOnly: flag(server, 'read_only'),
    superReadOnly: flag(server, 'super_read_only'),
    persisted: json(server, 'persisted', {}),
    gtidMode: text(server, 'gtid_mode'),
    enforceGtidConsistency: text(server, 'enforce_gtid_consistency'),
    logBin: flag(server, 'log_bin'),
    logReplicaUpdates: flag(server, 'log_replica_updates'),
    gtidExecuted: gtidSet(server, 'gtid_executed'),
    gtidPurged: gtidSet(server, 'gtid_purged'),
    sqlMode: text(server, 'sql_mode'),
    syncBinlog: number(server, 'sync_binlog'),
    flushLogAtTrxCommit: number(server, 'flush_log_at_trx_commit'),
    relayLogRecovery: flag(server, 'relay_log_recovery'),
    clonePlugin: flag(server, 'clone_plugin'),
    users: json(server, 'users', []),
    replica: channel === undefined ? undefined : parseReplica(server, channel),
  };
}

function parseReplica(server: SqlRow, channel: SqlRow): ReplicaState {
  const age = optional(server, 'heartbeat_age_ms');
  const behind = optional(channel, 'Seconds_Behind_Source');
  return {
    sourceHost: text(channel, 'Source_Host'),
    sourcePort: number(channel, 'Source_Port'),
    sourceUser: text(channel, 'Source_User'),
    sourceUuid: text(channel, 'Source_UUID'),
    ioRunning: text(channel, 'Replica_IO_Running'),
    sqlRunning: text(channel, 'Replica_SQL_Running'),
    ioError: text(channel, 'Last_IO_Error'),
    sqlError: withoutStatement(text(channel, 'Last_SQL_Error')),
    secondsBehindSource: behind === null ? null : Number(behind),
    autoPosition: flag(channel, 'Auto_Position'),
    sqlDelaySeconds: number(channel, 'SQL_Delay'),
    retrievedGtidSet: gtidSet(channel, 'Retrieved_Gtid_Set'),
    unapplied: optional(server, 'unapplied') === null ? '' : gtidSet(server, 'unapplied'),
    heartbeatAgeMs: age === null ? null : Math.max(0, Math.round(Number(age))),
    heartbeatIntervalMs: Number(optional(server, 'heartbeat_interval_ms') ?? 0),
    workerErrors: json<string[]>(server, 'worker_errors', []).map(withoutStatement),
    filters: json(server, 'filters', []),
  };
}

/** Behind "Query:" stands the statement that failed, which may hold a password's hash: nobody is told more than what is wrong. */
function withoutStatement(message: string): string {
  return message.replace(/\s*(Default database: '[^']*'\. )?Query: '[^]*$/, '');
}

function optional(row: SqlRow, column: string): string | number | null {
  const value = row[column];
  if (value === undefined) throw new Error(`the server's answer has no column ${column}`);
  return value;
}

function text(row: SqlRow, column: string): string {
  return String(optional(row, column) ?? '');
}

function number(row: SqlRow, column: string): number {
  const value = Number(optional(row, column));
  if (Number.isNaN(value)) throw new Error(`${column} is not a number: ${text(row, column)}`);
  return value;
}

function flag(row: SqlRow, column: string): boolean {
  const value = text(row, column).toUpperCase();
  return value !== '0' && value !== 'OFF' && value !== 'NO' && value !== '';
}

/** GTID sets are printed in lines of one UUID each. */
function gtidSet(row: SqlRow, column: string): string {
  return text(row, column).replace(/\s+/g, '');
}

/** An aggregate over no rows is NULL. */
function json<T>(row: SqlRow, column: string, none: T): T {
  const value = optional(row, column);
  return value === null ? none : (JSON.parse(String(value)) as T);
}
