import type { ReplicationController, ReplicationSite } from '../site';
import { header } from './header';

type Line = readonly [name: string, value: string, comment?: string];

/** MySQL's options of one controller: a file of their own, read after the distribution's. */
export function mysqlOptions(site: ReplicationSite, controller: ReplicationController): string {
  const lines = site.profile === 'hardened' ? hardened(site, controller) : documented(site, controller);
  const changes = [
    'in a file of its own: lines in my.cnf stand before the included files, whose bind-address would win',
    ...(site.profile === 'hardened' ? HARDENED_CHANGES : kept(site)),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const text = lines.map(([name, value, comment]) => {
    const line = `${name.padEnd(width)} = ${value}\n`;
    return comment === undefined ? line : `# ${comment}\n${line}`;
  });
  return `${header(site, '#', `MySQL on ${controller.name}`, changes)}\n[mysqld]\n${text.join('')}`;
}

const HARDENED_CHANGES = [
  'boots read-only on both controllers: opening is SET GLOBAL, by the guard or an operation, and never persisted',
  'commits are on disk before they are acknowledged, and a replica recovers its relay log',
  'names of MySQL 8.0.26 and later; binlog_format is ROW by default and deprecated since 8.0.34',
];

/** What the documented text says on a server that would rather hear something else. */
function kept({ mysql }: ReplicationSite): readonly string[] {
  if (mysql.version === '8.0') return [];
  return [
    'nothing in the options: MySQL 8.4 and 9 warn of binlog_format and log_slave_updates, and start',
    'in SQL: caching_sha2_password, as mysql_native_password is off in MySQL 8.4 and gone in 9',
  ];
}

function common(site: ReplicationSite, { serverId }: ReplicationController): readonly Line[] {
  const { bufferPoolSize } = site.mysql;
  return [
    ...(bufferPoolSize === undefined ? [] : [['innodb_buffer_pool_size', bufferPoolSize] as const]),
    ...(site.mysql.port === 3306 ? [] : [['port', String(site.mysql.port)] as const]),
    ['server-id', String(serverId)],
    ['log_bin', 'mysql-bin'],
  ];
}

function documented(site: ReplicationSite, controller: ReplicationController): readonly Line[] {
  return [
    ...common(site, controller),
    ['binlog_format', 'ROW'],
    ['gtid_mode', 'ON'],
    ['enforce_gtid_consistency', 'ON'],
    ['log_slave_updates', 'ON'],
    ['binlog_expire_logs_seconds', '604800'],
    ['bind-address', '0.0.0.0'],
    ...clone(site),
  ];
}

function hardened(site: ReplicationSite, controller: ReplicationController): readonly Line[] {
  return [
    ...common(site, controller),
    ['gtid_mode', 'ON'],
    ['enforce_gtid_consistency', 'ON'],
    ['log_replica_updates', 'ON'],
    [
      'binlog_expire_logs_seconds',
      '2592000',
      'What only an old primary has is in them: 30 days to bring it back.',
    ],
    ['bind-address', '0.0.0.0'],
    ['super_read_only', 'ON', 'Closed at every boot.'],
    ['sync_binlog', '1'],
    ['innodb_flush_log_at_trx_commit', '1'],
    ['relay_log_recovery', 'ON'],
    ...clone(site),
  ];
}

/** The donor's name must match this list literally (error 3869), and the options abort the start without the plugin. */
function clone({ controllers, mysql }: ReplicationSite): readonly Line[] {
  const donors = controllers.map(({ name }) => `${name}:${mysql.port}`).join(',');
  return [
    ['plugin-load-add', 'mysql_clone.so', 'CLONE plugin'],
    ['clone', 'FORCE_PLUS_PERMANENT'],
    ['clone_valid_donor_list', `'${donors}'`],
  ];
}
