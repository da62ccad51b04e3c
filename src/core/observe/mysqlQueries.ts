/** The channel's own view; the state below is not in it. */
export const replicaStatusQuery = 'SHOW REPLICA STATUS';

const channel = "CHANNEL_NAME = ''";
const received = `(SELECT RECEIVED_TRANSACTION_SET FROM performance_schema.replication_connection_status WHERE ${channel})`;

/**
 * Everything else about a server, as one row: one round trip. Names are those of MySQL 8.0.26 and later.
 * The heartbeat's age is counted by the server's own clock, in UTC, so that neither our clock nor daylight saving
 * time is in it; a zero timestamp ("never") becomes NULL.
 */
export const serverStateQuery = `SELECT /*+ SET_VAR(time_zone = '+00:00') */
  VERSION() AS version, @@server_id AS server_id, @@server_uuid AS server_uuid,
  @@read_only AS read_only, @@super_read_only AS super_read_only,
  @@gtid_mode AS gtid_mode, @@enforce_gtid_consistency AS enforce_gtid_consistency,
  @@log_bin AS log_bin, @@log_replica_updates AS log_replica_updates,
  @@gtid_executed AS gtid_executed, @@gtid_purged AS gtid_purged, @@sql_mode AS sql_mode,
  @@sync_binlog AS sync_binlog, @@innodb_flush_log_at_trx_commit AS flush_log_at_trx_commit,
  @@relay_log_recovery AS relay_log_recovery,
  (SELECT COUNT(*) FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'clone' AND PLUGIN_STATUS = 'ACTIVE') AS clone_plugin,
  (SELECT CAST(JSON_OBJECTAGG(VARIABLE_NAME, VARIABLE_VALUE) AS CHAR) FROM performance_schema.persisted_variables) AS persisted,
  (SELECT CAST(JSON_ARRAYAGG(JSON_OBJECT('user', user, 'host', host, 'plugin', plugin)) AS CHAR) FROM mysql.user) AS users,
  GTID_SUBTRACT(${received}, @@gtid_executed) AS unapplied,
  (SELECT (UNIX_TIMESTAMP(NOW(6)) - NULLIF(GREATEST(UNIX_TIMESTAMP(LAST_HEARTBEAT_TIMESTAMP),
      UNIX_TIMESTAMP(LAST_QUEUED_TRANSACTION_END_QUEUE_TIMESTAMP)), 0)) * 1000
    FROM performance_schema.replication_connection_status WHERE ${channel}) AS heartbeat_age_ms,
  (SELECT HEARTBEAT_INTERVAL * 1000 FROM performance_schema.replication_connection_configuration WHERE ${channel}) AS heartbeat_interval_ms,
  (SELECT CAST(JSON_ARRAYAGG(message) AS CHAR) FROM (
      SELECT LAST_ERROR_MESSAGE AS message FROM performance_schema.replication_applier_status_by_worker
        WHERE ${channel} AND LAST_ERROR_NUMBER <> 0
      UNION SELECT LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_coordinator
        WHERE ${channel} AND LAST_ERROR_NUMBER <> 0) AS errors) AS worker_errors,
  (SELECT CAST(JSON_ARRAYAGG(CONCAT(FILTER_NAME, ' ', FILTER_RULE)) AS CHAR)
    FROM performance_schema.replication_applier_filters WHERE ${channel} AND FILTER_RULE <> '') AS filters`;
