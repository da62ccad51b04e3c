const SINCE_REPLICA = [
  ...[
    'log_slave_updates',
    'skip_slave_start',
    'slave_net_timeout',
    'slave_parallel_workers',
    'slave_preserve_commit_order',
  ],
  ...[
    'slave_skip_errors',
    'slave_exec_mode',
    'slave_sql_verify_checksum',
    'slave_compressed_protocol',
    'slave_type_conversions',
  ],
  ...[
    'slave_max_allowed_packet',
    'slave_pending_jobs_size_max',
    'slave_checkpoint_group',
    'slave_checkpoint_period',
  ],
  ...[
    'slave_transaction_retries',
    'slave_allow_batching',
    'slave_load_tmpdir',
    'init_slave',
    'rpl_stop_slave_timeout',
  ],
  ...['log_slow_slave_statements', 'show_slave_auth_info'],
];

/** Options that MySQL 9.7 takes with a warning, and the name of 8.0.26 and later; undefined: there is none. Measured. */
export const DEPRECATED: ReadonlyMap<string, string | undefined> = new Map<string, string | undefined>([
  ...SINCE_REPLICA.map((name): [string, string] => [name, name.replace('slave', 'replica')]),
  ['master_verify_checksum', 'source_verify_checksum'],
  ['sync_master_info', 'sync_source_info'],
  ['master_retry_count', undefined],
  ['binlog_format', undefined],
  ['sync_relay_log_info', undefined],
  ['binlog_max_flush_queue_time', undefined],
  ['symbolic_links', undefined],
]);
