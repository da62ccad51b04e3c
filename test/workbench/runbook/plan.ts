// A plan for the page's tests: the planner's own steps and checks for a site that was never observed. The page is
// what is tested here; plans of real sites are tested on the lab.
import type { Fact } from '../../../src/core/observe/fact';
import { known, unknown } from '../../../src/core/observe/fact';
import type { HostObservation } from '../../../src/core/observe/host';
import type { CheckResult, Plan } from '../../../src/core/plan/plan';
import { promote } from '../../../src/core/schemes/replication/promote/operation';
import type { ReplicationController, ReplicationSite } from '../../../src/core/schemes/replication/site';

const ssh = { user: undefined, port: undefined, identityFile: undefined, jump: undefined };

function controller(name: string, address: string, priority: number): ReplicationController {
  return {
    name,
    address,
    ssh,
    os: 'debian',
    interface: 'eth0',
    priority,
    serverId: Number(name.slice(2)),
  };
}

const controllers = [
  controller('cc1', '192.168.73.201', 105),
  controller('cc2', '192.168.73.202', 100),
] as const;
const prometheus = { name: 'prom', address: '192.168.73.209', ssh };

const site: ReplicationSite = {
  scheme: 'replication',
  name: 'dc1',
  file: 'clustercontrol.yaml',
  hosts: [...controllers, prometheus],
  profile: 'hardened',
  vip: '192.168.73.200',
  network: { cidr: '192.168.73.0/24', assumed: true },
  controllers,
  prometheus,
  mysql: {
    version: '9',
    port: 3306,
    socket: '/run/mysqld/mysqld.sock',
    bufferPoolSize: undefined,
    replicationUser: { user: 'repl', password: { secret: 'repl' } },
    cloneUser: { user: 'clone', password: { secret: 'clone' } },
    admin: undefined,
    tls: true,
  },
  keepalived: {
    virtualRouterId: 51,
    vrrpVersion: 3,
    advertIntervalSeconds: 0.2,
    authPassword: undefined,
    unicast: false,
  },
  selfFenceSeconds: 15,
  sync: { directories: ['/var/lib/cmon/', '/etc/cmon.d/'], files: ['/etc/cmon.cnf', '/etc/s9s.conf'] },
  services: ['cmon', 'cmon-cloud', 'cmon-ssh', 'cmon-events', 'cmon-proxy', 'kuber-proxy'],
};

const facts = [
  'reachable',
  'bootId',
  'uptimeSeconds',
  'privileged',
  'missingPrograms',
  'addresses',
  'snat',
  'units',
  'cmonProcesses',
  'cmonCron',
  'cmonPing',
  'keepalived',
  'lsyncd',
  'role',
  'resources',
  'mysql',
  'prometheusReady',
  'configDigests',
] as const;

function unseen(host: string, atMs: number): HostObservation {
  const reason = 'it was never asked';
  const entries = facts.map((fact): [string, Fact<never>] => [fact, unknown(reason, atMs, 'nobody')]);
  return { host, atMs, ...Object.fromEntries(entries) } as unknown as HostObservation;
}

/** On hardened hosts, with nothing else known: every check that needs a fact is unknown. */
export function unknownPlan(createdAtMs: number): Plan {
  const base = (host: string, epoch: number): HostObservation => ({
    ...unseen(host, createdAtMs),
    keepalived: known(
      {
        running: true,
        state: undefined,
        version: undefined,
        config: undefined,
        test: undefined,
        follows: 'role-flag',
      },
      createdAtMs,
      'test',
    ),
    role: known(
      {
        helperVersion: 1,
        record: { epoch, role: host === 'cc1' ? 'primary' : 'standby', primary: 'cc1' },
        pending: undefined,
        activeEpoch: undefined,
        lease: undefined,
        guard: undefined,
      },
      createdAtMs,
      'test',
    ),
  });
  return promote.plan(
    {
      site,
      target: 'cc2',
      mode: 'planned',
      observation: {
        site: 'dc1',
        atMs: createdAtMs,
        hosts: { cc1: base('cc1', 4), cc2: base('cc2', 4), prom: unseen('prom', createdAtMs) },
      },
      id: 'page-test-1',
      operator: 'ada@console',
      nowMs: createdAtMs,
      secretsAvailable: ['repl'],
      unfinishedRuns: [],
    },
    {},
  );
}

/** The same plan as the operator of a healthy site reads it. */
export function healthyPlan(createdAtMs: number): Plan {
  const plan = unknownPlan(createdAtMs);
  const checks = plan.checks.map((check): CheckResult => ({
    ...check,
    outcome: 'passed',
    evidence: [`${check.title}: as it should be on cc1 and cc2`],
  }));
  return { ...plan, checks };
}

/** With other results for some checks, by id. */
export function withChecks(plan: Plan, changed: Readonly<Record<string, Partial<CheckResult>>>): Plan {
  const checks = plan.checks.map((check) => ({ ...check, ...changed[check.id] }));
  const missing = Object.keys(changed).filter((id) => !plan.checks.some((check) => check.id === id));
  if (missing.length > 0) throw new RangeError(`the plan has no checks ${missing.join(', ')}`);
  return { ...plan, checks };
}
