import { unreachableHost } from '../../../src/core/observe/unreachable';
import type { SiteObservation } from '../../../src/core/observe/host';
import { documentedHost, goneHost, healthyReplica, observed, UUID_1, UUID_2 } from '../observation';
import type { SiteValues } from '../observation';

export interface StateCase {
  readonly edit?: (hosts: SiteValues) => void;
  readonly gone?: readonly string[];
  /** Hosts whose key we refused. */
  readonly refused?: readonly string[];
  readonly documented?: boolean;
  /** Other codes that must come with it, and no more than these. */
  readonly also?: readonly string[];
}

const VIP = { interface: 'eth0', address: '192.168.73.200', prefixLength: 32, byKeepalived: true };
const RULE = '-A POSTROUTING -o eth0 -j SNAT --to-source 192.168.73.200';
export const replicaOf = ({ cc2 }: SiteValues) => (cc2.mysql.replica ??= healthyReplica());
const dropVip = (host: SiteValues['cc1']) => {
  host.addresses = host.addresses.filter(({ address }) => address !== VIP.address);
};
const close = (host: SiteValues['cc1']) => Object.assign(host.mysql, { readOnly: true, superReadOnly: true });
const open = (host: SiteValues['cc1']) =>
  Object.assign(host.mysql, { readOnly: false, superReadOnly: false });

const RECORD = { plan: 'p1', operation: 'promote', target: 'cc2', operator: 'ada@console', sinceMs: 0 };

/** What makes each code fire, on a pair that is healthy otherwise, and what else is rightly said then. */
export const STATE_CASES: Readonly<Record<string, StateCase>> = {
  'dual-writer': { edit: ({ cc2 }) => open(cc2), also: ['role-conflict'] },
  'dual-vip': {
    edit: ({ cc2 }) => {
      cc2.addresses.push(VIP);
      cc2.snat = { toVip: [RULE], hardened: true };
    },
    also: ['role-conflict', 'vip-on-standby'],
  },
  'dual-cmon': { edit: ({ cc2 }) => (cc2.cmonProcesses = 1), also: ['role-conflict'] },
  'dual-lsyncd': { edit: ({ cc2 }) => (cc2.lsyncd.running = true), also: ['role-conflict'] },
  'host-key-changed': { refused: ['cc2'], also: ['standby-unreachable'] },
  unknown: { gone: ['cc2'], also: ['standby-unreachable'] },
  'role-conflict': {
    edit: ({ cc2 }) => (cc2.role.record = { epoch: 3, role: 'primary', primary: 'cc2' }),
  },
  'undo-owed': {
    edit: ({ cc2 }) => (cc2.role.operation = { ...RECORD, place: 'undo-owed' }),
  },
  'operation-unfinished': { edit: ({ cc2 }) => (cc2.role.pending = { epoch: 4, primary: 'cc2' }) },
  'old-primary-unfenced': {
    documented: true,
    gone: ['cc2'],
    also: ['unknown', 'snat-unprotected', 'standby-unreachable'],
  },
  'primary-returned': { edit: ({ cc2 }) => (cc2.role.returned = true) },
  'closed-by-hand': { edit: ({ cc2 }) => (cc2.role.held = true) },
  'clone-incomplete': { edit: ({ cc2 }) => (cc2.role.cloneBroken = true) },
  'files-stale': {
    edit: ({ cc1, cc2 }) => {
      Object.assign(cc1, {
        files: { count: 9, newestAtMs: 1_789_999_990_000, settledAtMs: 1_789_999_000_000 },
      });
      Object.assign(cc2, {
        files: { count: 9, newestAtMs: 1_789_998_000_000, settledAtMs: 1_789_998_000_000 },
      });
    },
  },
  'no-writer': { edit: ({ cc1 }) => close(cc1), also: ['role-conflict'] },
  'vip-orphaned': {
    edit: ({ cc2 }) => {
      cc2.addresses.push(VIP);
      cc2.snat = { toVip: [RULE], hardened: true };
    },
    gone: ['cc1'],
    also: ['unknown', 'role-conflict', 'primary-unreachable-but-replicating'],
  },
  'vip-on-standby': {
    edit: ({ cc1, cc2 }) => {
      dropVip(cc1);
      cc1.snat.toVip = [];
      cc2.addresses.push(VIP);
      cc2.snat = { toVip: [RULE], hardened: true };
    },
    also: ['role-conflict'],
  },
  'no-vip': {
    edit: ({ cc1 }) => {
      dropVip(cc1);
      cc1.snat.toVip = [];
    },
    also: ['role-conflict'],
  },
  'primary-dead': {
    edit: (hosts) => (replicaOf(hosts).heartbeatAgeMs = 60_000),
    gone: ['cc1'],
    also: ['unknown', 'heartbeat-stale'],
  },
  'primary-unreachable-but-replicating': { gone: ['cc1'], also: ['unknown'] },
  'primary-mysql-down': {
    edit: ({ cc1 }) => {
      if (cc1.units['mysql'] !== undefined) cc1.units['mysql'].active = 'failed';
    },
    also: ['unknown'],
  },
  'cmon-down-on-primary': { edit: ({ cc1 }) => (cc1.cmonPing = false) },
  'services-down-on-primary': {
    edit: ({ cc1 }) => {
      if (cc1.units['cmon-ssh'] !== undefined) cc1.units['cmon-ssh'].active = 'failed';
    },
  },
  'standby-unreachable': { gone: ['cc2'], also: ['unknown'] },
  'standby-not-replicating': {
    edit: (hosts) => Object.assign(replicaOf(hosts), { ioRunning: 'Connecting', ioError: 'error 2003' }),
  },
  'standby-broken': {
    edit: (hosts) => Object.assign(replicaOf(hosts), { sqlRunning: 'No', sqlError: 'error 1062' }),
  },
  'standby-lagging': { edit: (hosts) => (replicaOf(hosts).secondsBehindSource = 21) },
  'standby-writable': { edit: ({ cc2 }) => (cc2.mysql.superReadOnly = false) },
  'read-only-not-persisted': { edit: ({ cc1 }) => (cc1.mysql.persisted = { super_read_only: 'OFF' }) },
  'errant-transactions': { edit: ({ cc2 }) => (cc2.mysql.gtidExecuted += `,${UUID_2}:1-2`) },
  'purged-transactions': {
    edit: ({ cc1, cc2 }) => {
      cc1.mysql.gtidPurged = `${UUID_1}:1-50`;
      cc2.mysql.gtidExecuted = `${UUID_1}:1-20`;
    },
  },
  'heartbeat-stale': { edit: (hosts) => (replicaOf(hosts).heartbeatAgeMs = 4001) },
  'gtid-not-ready': { edit: ({ cc2 }) => (cc2.mysql.logReplicaUpdates = false) },
  'snat-leaked': { edit: ({ cc2 }) => (cc2.snat.toVip = [RULE]) },
  'snat-missing': { edit: ({ cc1 }) => (cc1.snat.toVip = []) },
  'snat-duplicate': { edit: ({ cc1 }) => cc1.snat.toVip.push(RULE) },
  'snat-unprotected': { edit: ({ cc1 }) => (cc1.snat.hardened = false) },
  'lsyncd-down': { edit: ({ cc1 }) => (cc1.lsyncd.running = false) },
  'lsyncd-reversed': {
    edit: ({ cc1, cc2 }) => {
      cc1.lsyncd.running = false;
      cc2.lsyncd.running = true;
    },
    also: ['role-conflict', 'lsyncd-down'],
  },
  'keepalived-down': { edit: ({ cc2 }) => (cc2.keepalived.running = false) },
  'keepalived-check-disabled': {
    edit: ({ cc2 }) => (cc2.keepalived.test = { exitCode: 5, output: 'disabling track script' }),
  },
  'clock-skew': { edit: ({ prom }) => (prom.resources.clockSkewMs = -1500) },
  'server-uuid-equal': { edit: ({ cc2 }) => (cc2.mysql.serverUuid = UUID_1) },
  'versions-differ': { edit: ({ cc2 }) => (cc2.mysql.version = '8.4.5') },
  'disk-low': {
    edit: ({ cc2 }) => (cc2.resources.filesystems = [{ path: '/', freeBytes: 1e8, freeInodes: 900_000 }]),
  },
  'config-drift': {
    edit: ({ cc2 }) => {
      const drift = {
        path: '/etc/hosts',
        group: 'hosts',
        kind: 'differs',
        text: '1 line differs',
        lines: 1,
        ours: true,
      };
      // Only a comparison makes this fact, so that the type says it may be absent.
      Object.assign(cc2, { drift: [drift] });
    },
  },
  'role-missing': { edit: ({ cc2 }) => (cc2.role.record = undefined) },
  'epoch-behind': {
    edit: ({ cc2 }) => (cc2.role.record = { epoch: 2, role: 'standby', primary: 'cc1' }),
  },
  'epoch-unconfirmed': {
    edit: ({ cc2, prom }) => {
      cc2.role.record = { epoch: 2, role: 'standby', primary: 'cc1' };
      prom.role.record = { epoch: 2, role: 'witness', primary: 'cc1' };
    },
    also: ['epoch-behind', 'witness-behind'],
  },
  'epoch-untaken': {
    edit: ({ cc1, prom }) => {
      cc1.role.record = { epoch: 4, role: 'standby', primary: 'cc2' };
      prom.role.record = { epoch: 4, role: 'witness', primary: 'cc2' };
    },
    also: ['role-conflict', 'epoch-behind'],
  },
  'witness-unreachable': { gone: ['prom'], also: ['unknown'] },
  'witness-behind': {
    edit: ({ prom }) => (prom.role.record = { epoch: 2, role: 'witness', primary: 'cc2' }),
  },
  'guard-down': { edit: ({ cc1 }) => (cc1.role.guard = undefined) },
  'profile-mismatch': {
    edit: ({ cc2 }) => Object.assign(cc2.keepalived, { follows: 'process-check' }),
    also: ['read-only-not-persisted'],
  },
  'cmon-cron-active': {
    documented: true,
    edit: ({ cc2 }) => cc2.cmonCron.push('* * * * * root pidof cmon || systemctl start cmon'),
    also: ['read-only-not-persisted', 'snat-unprotected'],
  },
  'durability-relaxed': { edit: ({ cc1 }) => (cc1.mysql.syncBinlog = 1000) },
  'prometheus-down': { edit: ({ prom }) => (prom.prometheusReady = false) },
};

/** The site that a case is about. */
export function observationOf(one: StateCase): SiteObservation {
  const from = one.documented === true ? { from: documentedHost } : {};
  const whole = observed(one.edit, { gone: one.gone ?? [], ...from });
  const refused = (one.refused ?? []).map((host) => [
    host,
    unreachableHost(host, 'another key', whole.atMs, 'host-key-changed'),
  ]);
  return mysqlGoneWithItsUnit({
    ...whole,
    hosts: { ...whole.hosts, ...(Object.fromEntries(refused) as SiteObservation['hosts']) },
  });
}

/** Where the unit of MySQL is down, nothing of MySQL can be read. */
function mysqlGoneWithItsUnit(observation: SiteObservation): SiteObservation {
  const hosts = Object.entries(observation.hosts).map(([name, seen]) => {
    const down = seen.units.known && seen.units.value['mysql']?.active === 'failed';
    return [name, down ? { ...seen, mysql: goneHost(name).mysql } : seen] as const;
  });
  return { ...observation, hosts: Object.fromEntries(hosts) };
}
