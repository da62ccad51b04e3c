import { MYSQL_PASSWORD, VIP } from '../site';
import { sql, type Trouble } from './trouble';

const STRAY = '/var/tmp/stray';
const FILLS = '/var/tmp/lab-fills-disk-refusals';

/** A process that has the name of a service and is none. */
function stray(name: string): Pick<Trouble, 'make' | 'mend'> {
  return {
    make: `mkdir -p ${STRAY} && cp /bin/sleep ${STRAY}/${name} && { setsid ${STRAY}/${name} 300 </dev/null >/dev/null 2>&1 & echo $! >${STRAY}/${name}.pid; }`,
    // Others may be there beside it.
    mend: `[ ! -e ${STRAY}/${name}.pid ] || { kill "$(cat ${STRAY}/${name}.pid)" 2>/dev/null; rm -f ${STRAY}/${name} ${STRAY}/${name}.pid; }; true`,
  };
}

export const STRAY_CMON = stray('cmon');
export const STRAY_LSYNCD = stray('lsyncd');

/** To an address that nobody has: the lab's own connections stay what they are. */
export const LEAKED_SNAT: Pick<Trouble, 'make' | 'mend'> = {
  make: `iptables -w 5 -t nat -A POSTROUTING -d 203.0.113.9 -j SNAT --to-source ${VIP}`,
  mend: `while iptables -w 5 -t nat -D POSTROUTING -d 203.0.113.9 -j SNAT --to-source ${VIP} 2>/dev/null; do :; done`,
};

const LAST_TOKEN = `clustercontrol-ha status | sed -n 's/.*"lease":{"token":\\([0-9]*\\).*/\\1/p'`;

/** The standby receives nothing and applies nothing, and much of the host beside it is not as it should be. */
export const STANDBY_AT_REST: readonly Trouble[] = [
  {
    ...{ check: 'threads', level: 'block', on: 'cc2' },
    make: sql('STOP REPLICA'),
    mend: sql('START REPLICA'),
    says: /IO thread: No[^]*SQL thread: No/,
  },
  {
    ...{ check: 'lag', level: 'block', on: 'cc2', make: '', mend: '' },
    says: /Seconds_Behind_Source is NULL/,
  },
  {
    ...{ check: 'heartbeat', level: 'block', on: 'cc2', make: '', mend: '' },
    says: /cc2 last heard cc1 .* ago/,
  },
  {
    ...{ check: 'identities', level: 'block', on: 'cc2' },
    make: sql('SET GLOBAL server_id = 1'),
    mend: sql('SET GLOBAL server_id = 2'),
    says: /both have server_id 1/,
  },
  {
    ...{ check: 'gtid-ready', level: 'block', on: 'cc2' },
    make: sql('CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION = 0'),
    mend: sql('CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION = 1'),
    says: /cc2 replicates by file and position/,
  },
  {
    ...{ check: 'filters', level: 'block', on: 'cc2' },
    make: sql('CHANGE REPLICATION FILTER REPLICATE_IGNORE_DB = (scratch)'),
    mend: sql('CHANGE REPLICATION FILTER REPLICATE_IGNORE_DB = ()'),
    says: /cc2 alone filters: REPLICATE_IGNORE_DB scratch/,
  },
  {
    ...{ check: 'durability', level: 'warn', on: 'cc2' },
    make: sql('SET GLOBAL sync_binlog = 0'),
    mend: sql('SET GLOBAL sync_binlog = 1'),
    says: /cc2: sync_binlog is 0/,
  },
  {
    ...{ check: 'roles-agree', level: 'block', on: 'cc2' },
    make: sql('SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF'),
    mend: sql('SET GLOBAL super_read_only = ON'),
    says: /cc2 is not clearly the standby/,
  },
  {
    ...{ check: 'cmon-on-target', level: 'block', on: 'cc2', ...STRAY_CMON },
    says: /cc2: 1 processes named cmon run/,
  },
  {
    ...{ check: 'keepalived', level: 'block', on: 'cc2' },
    make: 'systemctl stop keepalived',
    mend: 'systemctl start keepalived',
    says: /cc2: keepalived does not run/,
  },
  {
    ...{ check: 'snat', level: 'acknowledge', on: 'cc2', ...LEAKED_SNAT },
    says: /cc2 rewrites to \S+ without holding it/,
  },
  {
    ...{ check: 'binds', level: 'acknowledge', on: 'cc2' },
    make: `cp -p /etc/default/cmon /var/tmp/default-cmon && sed -i 's/^RPC_BIND_ADDRESSES=.*/RPC_BIND_ADDRESSES="127.0.0.1"/' /etc/default/cmon`,
    mend: '[ ! -e /var/tmp/default-cmon ] || mv /var/tmp/default-cmon /etc/default/cmon',
    says: /cc2: RPC_BIND_ADDRESSES is 127\.0\.0\.1/,
  },
  {
    ...{ check: 'reach', level: 'acknowledge', on: 'cc2' },
    make: `printf 'cluster_id=9\\nmysql_server_addresses=192.168.73.209:3306\\nosuser=nobody\\nssh_identity=/root/.ssh/id_rsa\\n' >/etc/cmon.d/cmon_9.cnf`,
    mend: 'rm -f /etc/cmon.d/cmon_9.cnf',
    says: /cc2 as nobody@192\.168\.73\.209: .*denied/i,
  },
  {
    ...{ check: 'resources', level: 'warn', on: 'cc2' },
    make: `fallocate -l $(($(df --output=avail -k /var/tmp | tail -1) - 102400))K ${FILLS}`,
    mend: `rm -f ${FILLS}`,
    says: /cc2: \S+ has \d+ MiB/,
  },
  {
    ...{ check: 'operation-unfinished', level: 'block', on: 'cc2' },
    make: `t=$(${LAST_TOKEN}); clustercontrol-ha lease take --plan somebodys-plan --operator bob@desk --token $((\${t:-0} + 1)) --ttl 60`,
    mend: `clustercontrol-ha lease release --token "$(${LAST_TOKEN})" || true`,
    says: /cc2: bob@desk holds the lease for somebodys-plan/,
  },
  {
    ...{ check: 'witness', level: 'warn', on: 'prom' },
    make: 'cd /var/lib/clustercontrol-ha && mv witness witness.away',
    mend: 'cd /var/lib/clustercontrol-ha && { [ ! -e witness.away ] || mv witness.away witness; }',
    says: /prom holds no witness record/,
  },
];

/** Replication lives, and is behind; the primary is busy, and its files do not arrive. */
export const PRIMARY_AT_WORK: readonly Trouble[] = [
  {
    ...{ check: 'busy', level: 'acknowledge', on: 'cc1' },
    make: `setsid sh -c 'echo "START TRANSACTION WITH CONSISTENT SNAPSHOT; SELECT COUNT(*) FROM cmon.heartbeat; DO SLEEP(120)" | mysql' </dev/null >/dev/null 2>&1 &`,
    mend: `for id in $(echo "SELECT ID FROM performance_schema.processlist WHERE INFO LIKE 'DO SLEEP(120)%'" | mysql -N); do echo "KILL $id" | mysql; done`,
    says: /cc1: connection \d+ of root@localhost works for \d+ s/,
  },
  {
    // What the stand-in for s9s lists.
    ...{ check: 'busy', level: 'acknowledge', on: 'cc1' },
    make: "echo '42 1 RUNNING system admins 03:00:15 12% Create Backup' >/run/cmon-jobs",
    mend: 'rm -f /run/cmon-jobs',
    says: /cc1: job of cmon: 42 1 RUNNING/,
  },
  {
    ...{ check: 'lsyncd-direction', level: 'block', on: 'cc1' },
    make: 'systemctl stop lsyncd',
    mend: 'systemctl reset-failed lsyncd 2>/dev/null; systemctl start lsyncd',
    says: /lsyncd does not run on cc1/,
  },
  {
    ...{ check: 'files-fresh', level: 'acknowledge', on: 'cc1' },
    make: "touch -d '-70 seconds' /etc/cmon.d/cmon_8.cnf",
    mend: 'rm -f /etc/cmon.d/cmon_8.cnf',
    says: /cc1 rest for a minute and differ on cc2[^]*cmon_8\.cnf/,
  },
  {
    ...{ check: 'unapplied', level: 'warn', on: 'cc2' },
    make: sql('STOP REPLICA SQL_THREAD'),
    mend: sql('START REPLICA SQL_THREAD'),
    says: /cc2 has \d+ received transactions still to apply/,
  },
  {
    // What is purged here the standby has received and not applied: starting its applier mends it.
    ...{ check: 'purged', level: 'block', on: 'cc1', mend: '' },
    make: `n=0; was=$(echo 'SELECT @@GLOBAL.gtid_executed' | mysql -N)
      while [ "$(echo 'SELECT @@GLOBAL.gtid_executed' | mysql -N)" = "$was" ]; do n=$((n + 1)); [ $n -lt 300 ] || exit 1; sleep 0.1; done
      echo 'FLUSH BINARY LOGS' | mysql
      # As long as the standby reads from an older one, that stays.
      while [ "$(echo 'SHOW BINARY LOGS' | mysql -N | wc -l)" != 1 ]; do
        n=$((n + 1)); [ $n -lt 300 ] || exit 1; sleep 0.1
        echo "PURGE BINARY LOGS TO '$(echo 'SHOW BINARY LOGS' | mysql -N | tail -n 1 | cut -f 1)'" | mysql
      done`,
    says: /cc2 lacks \S+, which cc1 has purged/,
  },
  {
    ...{ check: 'persisted-read-only', level: 'block', on: 'cc1' },
    make: sql('SET PERSIST_ONLY read_only = OFF'),
    mend: sql('RESET PERSIST IF EXISTS read_only'),
    says: /cc1: read_only is persisted OFF/,
  },
  {
    ...{ check: 'recent', level: 'acknowledge', on: 'cc2' },
    make: `printf 'dc1-failover-cc2-x %s000\\n' "$(date +%s)" >/var/lib/clustercontrol-ha/failover`,
    mend: 'rm -f /var/lib/clustercontrol-ha/failover',
    says: /cc2 took over \d+ min ago \(dc1-failover-cc2-x\)/,
  },
];

const COPY = '/var/lib/lab-clone';
const CLONES = `SELECT ID FROM performance_schema.processlist WHERE INFO LIKE 'CLONE INSTANCE%'`;

/** The standby copies the primary, at one megabyte a second, into a folder of its own: its data stay. */
export const CLONE_UNDER_WAY: Trouble = {
  ...{ check: 'busy', level: 'block', on: 'cc2' },
  make: `install -d -o mysql -g mysql ${COPY} && { setsid sh -c '{ echo "SET GLOBAL super_read_only = OFF; SET GLOBAL clone_max_data_bandwidth = 1; SET GLOBAL clone_max_network_bandwidth = 1;"; echo "CLONE INSTANCE FROM clone@cc1:3306 IDENTIFIED BY \\"${MYSQL_PASSWORD}\\" DATA DIRECTORY = \\"${COPY}/data\\";"; } | mysql' </dev/null >${COPY}/out 2>&1 & }`,
  mend: `for id in $(echo "${CLONES}" | mysql -N); do echo "KILL $id" | mysql; done
    n=0; while [ -n "$(echo "${CLONES}" | mysql -N)" ] && [ $n -lt 200 ]; do n=$((n + 1)); sleep 0.1; done
    echo 'SET GLOBAL clone_max_data_bandwidth = 0; SET GLOBAL clone_max_network_bandwidth = 0; SET GLOBAL super_read_only = ON' | mysql
    rm -rf ${COPY}`,
  says: /cc2: a CLONE is under way/,
};

export const PLANNED_TROUBLES: readonly Trouble[] = [...STANDBY_AT_REST, ...PRIMARY_AT_WORK, CLONE_UNDER_WAY];
