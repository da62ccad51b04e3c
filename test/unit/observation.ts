import { known, unknown } from '../../src/core/observe/fact';
import type { Fact } from '../../src/core/observe/fact';
import type { HostObservation, SiteObservation, UnitState } from '../../src/core/observe/host';
import type { MysqlState, ReplicaState } from '../../src/core/observe/mysql';
import { parseInventory } from '../../src/core/inventory/parse';
import type { ReplicationSite } from '../../src/core/schemes/replication/site';

/** The time of every observation built here. */
export const AT_MS = 1_790_000_000_000;
export const UUID_1 = '11111111-0000-11f0-9e33-c80aa9429562';
export const UUID_2 = '22222222-0000-11f0-9e33-c80aa9429562';

/** The inventory of the examples: cc1 is the primary of the observations built here. */
export function exampleInventory(more = ''): string {
  return `version: 1
sites:
  dc1:
    scheme: replication
    vip: 192.168.73.200
    controllers:
      cc1: { address: 192.168.73.201, priority: 105 }
      cc2: { address: 192.168.73.202, priority: 100 }
    prometheus: { name: prom, address: 192.168.73.209 }
${more}`;
}

/** @throws Error when the inventory has no usable site. */
export function exampleSite(more = ''): ReplicationSite {
  const { sites, findings } = parseInventory('clustercontrol.yaml', exampleInventory(more));
  const [site] = sites;
  if (site === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return site;
}

type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

/** What a test changes: the values inside of facts that are known. */
export type HostValues = {
  -readonly [K in keyof HostObservation]: HostObservation[K] extends Fact<infer T>
    ? Mutable<T>
    : HostObservation[K];
};

const unit = (active: boolean, file = 'disabled'): UnitState => ({
  loaded: true,
  active: active ? 'active' : 'inactive',
  sub: active ? 'running' : 'dead',
  file,
  mainPid: active ? 100 : 0,
  result: 'success',
});

function healthyMysql(primary: boolean): Mutable<MysqlState> {
  return {
    version: '9.7.4',
    serverId: primary ? 1 : 2,
    serverUuid: primary ? UUID_1 : UUID_2,
    readOnly: !primary,
    superReadOnly: !primary,
    persisted: {},
    gtidMode: 'ON',
    enforceGtidConsistency: 'ON',
    logBin: true,
    logReplicaUpdates: true,
    gtidExecuted: `${UUID_1}:1-100`,
    gtidPurged: '',
    sqlMode: 'STRICT_TRANS_TABLES',
    syncBinlog: 1,
    flushLogAtTrxCommit: 1,
    relayLogRecovery: true,
    clonePlugin: true,
    users: [],
    replica: primary ? undefined : healthyReplica(),
  };
}

export function healthyReplica(): Mutable<ReplicaState> {
  return {
    sourceHost: 'cc1',
    sourcePort: 3306,
    sourceUser: 'repl',
    sourceUuid: UUID_1,
    ioRunning: 'Yes',
    sqlRunning: 'Yes',
    ioError: '',
    sqlError: '',
    secondsBehindSource: 0,
    autoPosition: true,
    sqlDelaySeconds: 0,
    retrievedGtidSet: `${UUID_1}:50-100`,
    unapplied: '',
    heartbeatAgeMs: 400,
    heartbeatIntervalMs: 1000,
    workerErrors: [],
    filters: [],
  };
}

/** Values of a healthy host of the hardened profile. */
export function healthyHost(host: 'cc1' | 'cc2' | 'prom'): HostValues {
  const primary = host === 'cc1';
  const witness = host === 'prom';
  const own = { cc1: '192.168.73.201', cc2: '192.168.73.202', prom: '192.168.73.209' }[host];
  const services = ['cmon', 'cmon-cloud', 'cmon-ssh', 'cmon-events', 'cmon-proxy', 'kuber-proxy', 'lsyncd'];
  const values: HostValues = {
    host,
    atMs: AT_MS,
    reachable: true,
    bootId: `boot-${host}`,
    uptimeSeconds: 1000,
    privileged: true,
    missingPrograms: [],
    addresses: [
      { interface: 'eth0', address: own, prefixLength: 24, byKeepalived: false },
      ...(primary
        ? [{ interface: 'eth0', address: '192.168.73.200', prefixLength: 32, byKeepalived: true }]
        : []),
    ],
    snat: { toVip: primary ? ['-A CMON_SNAT -j SNAT --to-source 192.168.73.200'] : [], hardened: primary },
    units: {
      ...Object.fromEntries(services.map((name) => [name, unit(primary)])),
      mysql: unit(true, 'enabled'),
      keepalived: unit(true, 'enabled'),
    },
    cmonProcesses: primary ? 1 : 0,
    cmonCron: [],
    cmonPing: primary,
    keepalived: {
      running: true,
      state: primary ? 'MASTER' : 'FAULT',
      version: '2.3.4',
      config: 'vrrp_instance VI_1 {\n track_file {\n cc_role\n }\n}\n',
      test: { exitCode: 0, output: '' },
      follows: 'role-flag',
    },
    lsyncd: { running: primary, targets: primary ? ['cc2'] : ['cc1'], reportedAtMs: AT_MS - 5000, delays: 0 },
    role: {
      helperVersion: 1,
      record: { epoch: 3, role: witness ? 'witness' : primary ? 'primary' : 'standby', primary: 'cc1' },
      pending: undefined,
      activeEpoch: primary ? 3 : undefined,
      lease: undefined,
      guard: witness ? undefined : unit(true, 'enabled'),
    },
    resources: {
      filesystems: [{ path: '/', freeBytes: 5_000_000_000, freeInodes: 900_000 }],
      clockSkewMs: 3,
    },
    mysql: healthyMysql(primary),
    prometheusReady: true,
    configDigests: {},
  };
  return values;
}

/** The same host with the documented configuration: no records, keepalived checks the process, plain SNAT. */
export function documentedHost(host: 'cc1' | 'cc2' | 'prom'): HostValues {
  const values = healthyHost(host);
  values.role = {
    helperVersion: undefined,
    record: undefined,
    pending: undefined,
    activeEpoch: undefined,
    lease: undefined,
    guard: undefined,
  };
  values.keepalived.follows = 'process-check';
  values.keepalived.config = 'vrrp_instance VI_1 {\n track_script {\n check_cmon\n }\n}\n';
  values.keepalived.state = host === 'cc1' ? 'MASTER' : 'BACKUP';
  values.snat.hardened = false;
  return values;
}

const PLAIN: readonly (keyof HostObservation)[] = ['host', 'atMs'];

/** Facts from values. `undefined` as a whole value makes the fact unknown. */
export function hostObservation(
  values: HostValues,
  unread: Partial<Record<keyof HostObservation, string>> = {},
) {
  const facts = Object.entries(values).map(([key, value]): [string, unknown] => {
    if (PLAIN.includes(key as keyof HostObservation)) return [key, value];
    const reason = unread[key as keyof HostObservation];
    const source = `probe of ${values.host}`;
    return [key, reason === undefined ? known(value, AT_MS, source) : unknown(reason, AT_MS, source)];
  });
  return Object.fromEntries(facts) as unknown as HostObservation;
}

/** Nothing of the host could be read. */
export function goneHost(host: string, reason = 'no route to host'): HostObservation {
  const values = healthyHost('cc1');
  const unread = Object.fromEntries(Object.keys(values).map((key) => [key, reason]));
  return hostObservation({ ...values, host } as HostValues, unread);
}

export interface SiteValues {
  cc1: HostValues;
  cc2: HostValues;
  prom: HostValues;
}

/** A healthy hardened pair (or what `from` makes), after the edit. Hosts named in `gone` don't answer. */
export function observed(
  edit: (hosts: SiteValues) => void = () => undefined,
  options: { gone?: readonly string[]; from?: typeof healthyHost } = {},
): SiteObservation {
  const build = options.from ?? healthyHost;
  const hosts: SiteValues = { cc1: build('cc1'), cc2: build('cc2'), prom: build('prom') };
  edit(hosts);
  return {
    site: 'dc1',
    atMs: AT_MS,
    hosts: Object.fromEntries(
      Object.entries(hosts).map(([name, values]: [string, HostValues]) => [
        name,
        options.gone?.includes(name) === true ? goneHost(name) : hostObservation(values),
      ]),
    ),
  };
}
