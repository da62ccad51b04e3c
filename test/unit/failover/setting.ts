import type { SiteObservation } from '../../../src/core/observe/host';
import { failover } from '../../../src/core/schemes/replication/failover/operation';
import type { Plan } from '../../../src/core/plan/plan';
import type { PowerHook } from '../../../src/core/operate/hooks';
import type { QuestionAnswer } from '../../../src/core/schemes/scheme';
import { hostObservation } from '../observation';
import { answered, CMON, HOSTS, REACH, SERVER, type Setting, setting } from '../promote/setting';
import type { Profile } from '../observe/recorded';

/** What a failover is told beyond what the hosts are. */
export interface Emergency extends Setting {
  mode: string;
  attested: Record<string, string>;
  powerHook: PowerHook | undefined;
}

const NOTHING = ['icmp no', 'arp no', '22 no', '3306 no', '9501 no', 'vip none', 'gateway none'];

/** Lines of a place that sees nothing of the old primary. */
export const silence = (more: readonly string[] = []): QuestionAnswer =>
  answered(
    [
      ...NOTHING.filter((line) => !more.some((one) => one.split(' ')[0] === line.split(' ')[0])),
      ...more,
    ].join('\n'),
  );

/** The guard asked 41 s ago, at 999 by the target's clock, which nobody has set since. */
export const GUARD_HEARD = ['guard 41 15', 'clock 1040 0'];

/** One sample as the question prints it: received, heartbeat, queued, committed, last transaction, now, state. */
export const sample = (at: {
  heartbeat: number;
  queued: number;
  now: number;
  received?: string;
  /** On the source; just before it was queued, unless the standby was catching up. */
  committed?: number;
}): string =>
  [
    'sample',
    at.received ?? 'u:1-10',
    at.heartbeat,
    at.queued,
    at.committed ?? at.queued - 0.1,
    'u:10',
    at.now,
    'CONNECTING',
  ].join('\t');

/** cc1 is dead for everybody; its last word was heard 40 s ago, and so was its guard. */
export function emergency(
  profile: Profile = 'hardened',
  edit: (given: Emergency) => void = () => undefined,
): Emergency {
  const given: Emergency = {
    ...setting(profile),
    mode: 'emergency',
    attested: { 'powered-off': 'cc1 is off: outlet 4' },
    powerHook: undefined,
  };
  for (const name of Object.keys(given.cc1)) {
    if (name === 'host' || name === 'atMs') continue;
    Object.assign(given.unread.cc1, { [name]: 'cc1 can not be reached' });
  }
  given.answers = {
    'clone-broken': answered('broken=0 mark=0'),
    'life-operator': answered('icmp no\n22 no\n3306 no\n9501 no\n'),
    'life-target': silence(GUARD_HEARD),
    'life-witness': silence(['guard 42 15', 'clock 7 0']),
    'received-twice': answered(
      [
        sample({ heartbeat: 1000, queued: 990, now: 1037 }),
        sample({ heartbeat: 1000, queued: 990, now: 1040 }),
      ].join('\n'),
    ),
    'server-target': SERVER,
    'cmon-target': CMON,
    'reach-target': REACH,
    'history-target': answered(`source-version ${given.cc2.mysql.version}\nsince 1780000000\nown-read\n`),
  };
  Object.assign(given.cc2, {
    files: { count: 12, newestAtMs: 1_780_000_000_000, settledAtMs: 1_780_000_000_000 },
  });
  edit(given);
  return given;
}

export function observed(given: Emergency): SiteObservation {
  const hosts = Object.fromEntries(
    HOSTS.map((host) => [host, hostObservation(given[host], given.unread[host])]),
  );
  return { site: 'dc1', atMs: given.cc2.atMs, hosts };
}

export function planOf(given: Emergency): Plan {
  return failover.plan(
    {
      site: given.site,
      target: given.target,
      mode: given.mode,
      observation: observed(given),
      id: 'dc1-failover-cc2-20260101T000000Z-abcd',
      operator: 'ann@desk',
      nowMs: given.cc2.atMs,
      secretsAvailable: given.secretsAvailable,
      unfinishedRuns: given.unfinishedRuns,
      attested: given.attested,
      ...(given.powerHook === undefined ? {} : { powerHook: given.powerHook }),
    },
    given.answers,
  );
}

export const HOOK = { argv: ['/usr/local/bin/power'], timeoutMs: 60_000 };
export const CUT_OFF = { isolated: 'cc1 is cut off: its switch is dead' };

/** The host of the old primary lives, its MySQL is dead. */
export const halfWay = (given: Emergency): void => {
  given.mode = 'half-way';
  given.unread.cc1 = { mysql: 'connect ENOENT' };
  given.answers['source-binlog'] = answered('log /var/lib/mysql/mysql-bin.000002\nprevious\n');
};
