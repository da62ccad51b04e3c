/** What to write instead of an option that is gone; undefined: no line at all. */
export type Instead = (value: string) => string | undefined;

const rename =
  (name: string): Instead =>
  (value) =>
    `${name} = ${value}`;

/** The redo log was that many files of that size. */
const redoLog: Instead = (value) => {
  const [, size, unit = ''] = /^(\d+)([KMG]?)$/i.exec(value) ?? [];
  return size === undefined ? undefined : `innodb_redo_log_capacity = ${Number(size) * 2}${unit}`;
};

const days: Instead = (value) =>
  /^\d+$/.test(value) ? `binlog_expire_logs_seconds = ${Number(value) * 86_400}` : undefined;

/**
 * Options of earlier series that MySQL 9.7 refuses: each measured by `mysqld --validate-config`, exit 1, "unknown
 * variable". The server aborts its start for any of them.
 */
export const REMOVED: ReadonlyMap<string, Instead | undefined> = new Map<string, Instead | undefined>([
  ['expire_logs_days', days],
  ['innodb_log_file_size', redoLog],
  ['tx_isolation', rename('transaction_isolation')],
  ...[
    ...['mysql_native_password', 'default_authentication_plugin', 'old_passwords', 'secure_auth'],
    ...['master_info_repository', 'relay_log_info_repository', 'relay_log_info_file', 'master_info_file'],
    ...['slave_parallel_type', 'replica_parallel_type', 'slave_rows_search_algorithms'],
    ...[
      'transaction_write_set_extraction',
      'binlog_transaction_dependency_tracking',
      'log_bin_use_v1_row_events',
    ],
    ...[
      'innodb_log_files_in_group',
      'innodb_file_format',
      'innodb_large_prefix',
      'innodb_undo_tablespaces',
      'innodb_undo_logs',
    ],
    ...[
      'innodb_locks_unsafe_for_binlog',
      'innodb_support_xa',
      'innodb_checksums',
      'innodb_stats_sample_pages',
    ],
    ...['innodb_additional_mem_pool_size', 'internal_tmp_disk_storage_engine', 'temptable_use_mmap'],
    ...[
      'query_cache_size',
      'query_cache_type',
      'sync_frm',
      'ssl',
      'have_ssl',
      'have_openssl',
      'log_warnings',
      'log_syslog',
    ],
    ...[
      'max_tmp_tables',
      'multi_range_count',
      'show_compatibility_56',
      'avoid_temporal_upgrade',
      'show_old_temporals',
    ],
    ...[
      'character_set_client_handshake',
      'language',
      'keyring_file_data',
      'new',
      'old',
      'old_style_user_limits',
    ],
    ...['host_cache', 'myisam_repair_threads', 'metadata_locks_cache_size', 'profiling'],
  ].map((name): [string, undefined] => [name, undefined]),
]);
