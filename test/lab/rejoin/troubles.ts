import { sql, type Trouble } from '../promote/trouble';

const RECORD = '/var/lib/clustercontrol-ha/role';
/** What must not be so on a pair of which nothing has to be copied. */
export const BEFORE_A_REJOIN: readonly Trouble[] = [
  {
    ...{ check: 'records', level: 'block', on: 'cc2' },
    make: `cp -p ${RECORD} ${RECORD}.away && read -r epoch role primary <${RECORD} && echo "$((epoch + 7)) $role $primary" >${RECORD}`,
    mend: `[ ! -e ${RECORD}.away ] || mv ${RECORD}.away ${RECORD}`,
    says: /cc2 knows epoch \d+, cc1 only \d+/,
  },
  {
    ...{ check: 'data-whole', level: 'block', on: 'cc1' },
    make: 'touch /var/lib/clustercontrol-ha/clone',
    mend: 'rm -f /var/lib/clustercontrol-ha/clone',
    says: /cc1: a CLONE has begun to drop the data/,
  },
  {
    ...{ check: 'gtid-ready', level: 'block', on: 'cc2' },
    make: sql('SET GLOBAL gtid_mode = ON_PERMISSIVE'),
    mend: sql('SET GLOBAL gtid_mode = ON'),
    says: /cc2: gtid_mode is not ON/,
  },
  {
    // What is connected stays so.
    ...{ check: 'replication-login', level: 'block', on: 'cc1' },
    make: sql(`ALTER USER 'repl'@'%' ACCOUNT LOCK`),
    mend: sql(`ALTER USER 'repl'@'%' ACCOUNT UNLOCK`),
    says: /cc2 as repl to cc1: .*locked/i,
  },
  {
    ...{ check: 'identities', level: 'block', on: 'cc2' },
    make: sql('SET GLOBAL server_id = 1'),
    mend: sql('SET GLOBAL server_id = 2'),
    says: /both have server_id 1/,
  },
  {
    ...{ check: 'persisted-read-only', level: 'block', on: 'cc2' },
    make: sql('SET PERSIST_ONLY read_only = OFF'),
    mend: sql('RESET PERSIST IF EXISTS read_only'),
    says: /cc2: read_only is persisted OFF/,
  },
];

const MYSQLBINLOG = '/usr/bin/mysqlbinlog';
const OPTIONS = '/var/tmp/options-with-clone';
const FILLS = '/var/tmp/lab-fills-disk-rejoin';

/** What must not be so where the host's own transactions are kept and its data replaced. */
export const BEFORE_A_CLONE: readonly Trouble[] = [
  {
    ...{ check: 'export', level: 'block', on: 'cc2' },
    make: `mv ${MYSQLBINLOG} ${MYSQLBINLOG}.away`,
    mend: `[ ! -e ${MYSQLBINLOG}.away ] || mv ${MYSQLBINLOG}.away ${MYSQLBINLOG}`,
    says: /cc2 has no mysqlbinlog/,
  },
  {
    ...{ check: 'resources', level: 'warn', on: 'cc2' },
    make: `fallocate -l $(($(df --output=avail -k /var/tmp | tail -1) - 102400))K ${FILLS}`,
    mend: `rm -f ${FILLS}`,
    says: /cc2: \S+ has \d+ MiB/,
  },
];

/** Alone: what its state is asked with wants the plugin's tables, and all of that is unknown without them. */
export const WITHOUT_THE_PLUGIN: readonly Trouble[] = [
  {
    // A server that runs keeps it (force_plus_permanent): it has to start without.
    ...{ check: 'clone-ready', level: 'block', on: 'cc2' },
    make: `file=$(grep -rl '^plugin-load-add.*mysql_clone' /etc/mysql) && cp -p "$file" ${OPTIONS} && echo "$file" >${OPTIONS}.of && sed -i 's/^[a-z_-]*clone\\|^.*mysql_clone/# &/' "$file" && systemctl restart mysql`,
    mend: `[ ! -e ${OPTIONS}.of ] || { cp -p ${OPTIONS} "$(cat ${OPTIONS}.of)" && systemctl restart mysql && rm -f ${OPTIONS} ${OPTIONS}.of; }`,
    says: /cc2: the clone plugin is not active/,
  },
];

export const REJOIN_TROUBLES: readonly Trouble[] = [
  ...BEFORE_A_REJOIN,
  ...BEFORE_A_CLONE,
  ...WITHOUT_THE_PLUGIN,
];
