import { VIP } from '../site';
import { sql, type Trouble } from '../promote/trouble';
import { LEAKED_SNAT, PLANNED_TROUBLES, STRAY_LSYNCD } from '../promote/troubles';

/** The standby of a planned promotion is broken in the same way: the same must be said of it when nobody else is there. */
function alsoPlanned(check: string): Trouble {
  const trouble = PLANNED_TROUBLES.find((one) => one.check === check && one.on === 'cc2');
  if (trouble === undefined) throw new Error(`no planned promotion is refused for ${check} on cc2`);
  return trouble;
}

/** What is wrong with the target while the old primary is dead. */
export const TARGET_IN_DISORDER: readonly Trouble[] = [
  {
    ...{ check: 'threads', level: 'block', on: 'cc2' },
    make: sql('STOP REPLICA SQL_THREAD'),
    mend: sql('START REPLICA SQL_THREAD'),
    says: /SQL thread: No/,
  },
  {
    ...{ check: 'filters', level: 'acknowledge', on: 'cc2' },
    make: sql('CHANGE REPLICATION FILTER REPLICATE_IGNORE_DB = (scratch)'),
    mend: sql('CHANGE REPLICATION FILTER REPLICATE_IGNORE_DB = ()'),
    says: /cc2 filters: REPLICATE_IGNORE_DB scratch/,
  },
  {
    ...{ check: 'errant', level: 'acknowledge', on: 'cc2', mend: '' },
    make: sql(
      'SET GLOBAL super_read_only = OFF; CREATE DATABASE errant; DROP DATABASE errant; SET GLOBAL super_read_only = ON',
    ),
    says: /cc2 has \d+ errant transactions: \S+[^]*when it became a standby/,
  },
  {
    ...{ check: 'roles-agree', level: 'acknowledge', on: 'cc2' },
    make: sql('SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF'),
    mend: sql('SET GLOBAL super_read_only = ON'),
    says: /cc2: MySQL is writable/,
  },
  {
    ...{ check: 'durability', level: 'block', on: 'cc2' },
    make: sql('SET PERSIST_ONLY relay_log_recovery = ON'),
    mend: sql('RESET PERSIST IF EXISTS relay_log_recovery'),
    says: /cc2: relay_log_recovery is persisted ON/,
  },
  {
    ...{ check: 'keepalived', level: 'acknowledge', on: 'cc2' },
    make: 'systemctl stop keepalived',
    mend: 'systemctl start keepalived',
    says: /cc2: keepalived does not run/,
  },
  {
    ...{ check: 'snat', level: 'acknowledge', on: 'cc2', ...LEAKED_SNAT },
    says: /cc2 rewrites to \S+ without holding it/,
  },
  {
    ...{ check: 'lsyncd-direction', level: 'block', on: 'cc2', ...STRAY_LSYNCD },
    says: /lsyncd runs on the standby cc2/,
  },
  ...['operation-unfinished', 'recent', 'cmon-on-target', 'binds', 'reach', 'resources'].map(alsoPlanned),
  {
    ...{ check: 'gtid-ready', level: 'block', on: 'cc2' },
    make: sql('SET GLOBAL gtid_mode = ON_PERMISSIVE'),
    mend: sql('SET GLOBAL gtid_mode = ON'),
    says: /cc2: gtid_mode is ON_PERMISSIVE/,
  },
  {
    ...{ check: 'persisted-read-only', level: 'block', on: 'cc2' },
    make: sql('SET PERSIST_ONLY read_only = OFF'),
    mend: sql('RESET PERSIST IF EXISTS read_only'),
    says: /cc2: read_only is persisted OFF/,
  },
  {
    ...{ check: 'data-whole', level: 'block', on: 'cc2' },
    make: 'touch /var/lib/clustercontrol-ha/clone',
    mend: 'rm /var/lib/clustercontrol-ha/clone',
    says: /cc2: a CLONE has begun to drop the data/,
  },
  { ...{ check: 'fence', level: 'block', on: 'cc2', make: '', mend: '' }, says: /nothing proves that cc1/ },
  {
    ...{ check: 'loss-bound', level: 'acknowledge', on: 'cc2', make: '', mend: '' },
    says: /at most \d+ s: what cc1/,
  },
  {
    ...{ check: 'heartbeat', level: 'inform', on: 'cc2', make: '', mend: '' },
    says: /cc2 heard cc1 \S+ s ago/,
  },
  {
    ...{ check: 'rescue', level: 'inform', on: 'cc2', make: '', mend: '' },
    says: /the disk of cc1 can not be read/,
  },
];

/** What is left to break: the address, and the witness with the network that it stands for. */
export const NETWORK_IN_DISORDER: readonly Trouble[] = [
  {
    ...{ check: 'vip-holders', level: 'block', on: 'cc2' },
    make: `ip addr add ${VIP}/32 dev eth0`,
    mend: `ip addr del ${VIP}/32 dev eth0 2>/dev/null || true`,
    says: /cc2 holds \S+ as a standby/,
  },
  {
    ...{ check: 'witness', level: 'block', on: 'cc2', make: '', mend: '' },
    says: /prom: the witness record is unknown/,
  },
  {
    ...{ check: 'self-cut', level: 'acknowledge', on: 'cc2', make: '', mend: '' },
    says: /does not reach prom/,
  },
];

export const EMERGENCY_TROUBLES: readonly Trouble[] = [...TARGET_IN_DISORDER, ...NETWORK_IN_DISORDER];

/** Checks that say something of any dead primary: they never pass. */
export const ALWAYS_SAID: readonly string[] = ['fence', 'loss-bound', 'heartbeat', 'rescue'];
