import { edited } from './case';
import type { Cases, ConfigCase } from './case';

/** A controller's options: nothing is to be said of them, and mysqld takes them without a warning. */
export const CLEAN = `# written by hand
[client]
port = 3306

[mysqld]
server-id = 1   # cc1
log_bin = mysql-bin
gtid_mode = ON
enforce_gtid_consistency = ON
log_replica_updates = ON
binlog_expire_logs_seconds = 604800
bind-address = 0.0.0.0
super_read_only = ON
sync_binlog = 1
plugin-load-add = mysql_clone.so
clone = FORCE_PLUS_PERMANENT
clone_valid_donor_list = 'cc1:3306,cc2:3306'
`;

const file = 'my.cnf';

function change(from: string, to: string, at: string, more: Partial<ConfigCase> = {}): ConfigCase {
  return { file, fires: edited(CLEAN, from, to), at, silent: CLEAN, ...more };
}

const added = (line: string, at: string, more: Partial<ConfigCase> = {}): ConfigCase =>
  change('sync_binlog = 1\n', `sync_binlog = 1\n${line}\n`, at, more);

/** What keeps mysqld 9.7 from starting, told by `--validate-config`. */
export const REFUSED_CASES: Cases = {
  'mysql-option-outside-section': change('[client]', 'socket = /tmp/x\n[client]', 'socket = /tmp/x'),
  'mysql-option-removed': added('innodb_log_file_size = 512M', 'innodb_log_file_size', {
    fixed: 'sync_binlog = 1\ninnodb_redo_log_capacity = 1024M\n',
  }),
  'mysql-option-unknown': added('max_conections = 500', 'max_conections', {
    fixed: 'max_connections = 500\n',
  }),
  'mysql-clone-without-plugin': change('plugin-load-add = mysql_clone.so\n', '', 'clone', {
    fixed: 'plugin-load-add = mysql_clone.so\nclone = ',
  }),
  'mysql-value-refused': added('character-set-server = utf8', 'utf8', {
    fixed: 'character-set-server = utf8mb4\n',
  }),
};

/** What passes `--validate-config`, and keeps mysqld 9.7 from starting all the same. */
export const ABORTING_CASES: Cases = {
  'mysql-native-password': added('authentication_policy = mysql_native_password', 'mysql_native_password', {
    fixed: 'authentication_policy = caching_sha2_password\n',
  }),
  'mysql-gtid-consistency': change('consistency = ON', 'consistency = WARN', 'enforce_gtid_consistency', {
    fixed: 'enforce_gtid_consistency = ON\n',
  }),
};

/** What it warns of, and takes. */
export const WARNED_CASES: Cases = {
  'mysql-option-deprecated': change('log_replica_updates', 'log_slave_updates', 'log_slave_updates', {
    fixed: 'log_replica_updates = ON\n',
  }),
};

/** What it takes without a word. */
export const TRAP_CASES: Cases = {
  'mysql-server-id-refused': change('server-id = 1', 'server-id = 0', '0'),
  'mysql-boots-writable': change('super_read_only = ON', 'read_only = ON', 'read_only', {
    fixed: "cc2:3306'\nsuper_read_only = ON\n",
  }),
  'mysql-block-before-include': {
    file,
    fires: `${CLEAN}!includedir /etc/mysql/conf.d/\n`,
    at: 'bind-address',
    silent: `!includedir /etc/mysql/conf.d/\n${CLEAN}`,
  },
  'mysql-bind-local': change('0.0.0.0', '127.0.0.1', '127.0.0.1', { fixed: 'bind-address = 0.0.0.0\n' }),
  'mysql-binlog-off': added('skip-log-bin', 'skip-log-bin', { fixed: '# skip-log-bin\n' }),
  'mysql-gtid-off': change('gtid_mode = ON', 'gtid_mode = OFF', 'OFF', { fixed: 'gtid_mode = ON\n' }),
  'mysql-replica-updates-off': change('updates = ON', 'updates = OFF', 'log_replica_updates', {
    fixed: 'log_replica_updates = ON\n',
  }),
  'mysql-replica-skips-errors': added('replica_skip_errors = 1062', 'replica_skip_errors', {
    fixed: '# replica_skip_errors',
  }),
  'mysql-durability-relaxed': change('sync_binlog = 1', 'sync_binlog = 1000', '1000', {
    fixed: 'sync_binlog = 1\n',
  }),
  'mysql-option-repeated': added('server_id = 2', 'server-id', { fixed: '# server-id = 1   # cc1' }),
};
