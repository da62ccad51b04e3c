import { formatGtidSet, parseGtidSet, uniteGtidSets } from '../../../src/core/gtid/set';
import type { HostObservation } from '../../../src/core/observe/host';
import type { CheckResult, Plan, UnfinishedRun } from '../../../src/core/plan/plan';
import { promote } from '../../../src/core/schemes/replication/promote/operation';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import type { QuestionAnswer } from '../../../src/core/schemes/scheme';
import { exampleSite, hostObservation, type HostValues, type SiteValues } from '../observation';
import { type Profile, recorded } from '../observe/recorded';

export const HOSTS = ['cc1', 'cc2', 'prom'] as const;
type HostName = (typeof HOSTS)[number];

export const answered = (stdout: string, exitCode = 0, stderr = ''): QuestionAnswer => ({
  answered: true,
  exitCode,
  stdout,
  stderr,
});

/** Answers of a pair in good health to what the checks ask beyond an observation. */
export const SERVER = answered('bind\t*\nstatus\nmysql-bin.000002\t157\t\t\t\n');
export const CMON = answered(
  [
    '/etc/cmon.cnf:hostname=192.168.73.200',
    '/etc/cmon.cnf:prometheus_hostname=192.168.73.209',
    '/etc/default/cmon:RPC_BIND_ADDRESSES="0.0.0.0,127.0.0.1"',
    'keys e3b0c442',
    'package ii  clustercontrol-controller 2.3.4-1',
  ].join('\n'),
);
export const REACH = answered('prometheus ok\nnode root@10.0.0.1 ok\n');

const SOURCE_MAC = '02:cc:1a:b0:00:c9';

/** All that a plan is made from; a test edits it. Hosts as they were recorded, cc1 the primary. */
export interface Setting extends SiteValues {
  site: ReplicationSite;
  target: string;
  /** Why a fact is unknown. */
  unread: Record<HostName, Partial<Record<keyof HostObservation, string>>>;
  answers: Record<string, QuestionAnswer>;
  secretsAvailable: string[];
  unfinishedRuns: readonly UnfinishedRun[];
}

export function setting(profile: Profile, state = 'healthy'): Setting {
  const seen = Object.fromEntries(
    HOSTS.map((host) => [host, split(recorded(profile, state, host))]),
  ) as Record<HostName, ReturnType<typeof split>>;
  return {
    site: exampleSite(`    profile: ${profile}\n`),
    target: 'cc2',
    cc1: seen.cc1.values,
    cc2: seen.cc2.values,
    prom: seen.prom.values,
    unread: { cc1: seen.cc1.unread, cc2: seen.cc2.unread, prom: seen.prom.unread },
    answers: {
      'source-position': answered(bothPositions(seen.cc1.values, seen.cc2.values)),
      'reverse-login': answered('1\n'),
      'guard-at-source': answered('guard 1 15\nclock 1040 0\n'),
      'guard-at-witness': answered('guard 2 15\nclock 1040 0\n'),
      'keepalived-auth-source': answered('e3b0c442'),
      'keepalived-auth-target': answered('e3b0c442'),
      'vip-hardware-address': answered(`${SOURCE_MAC}\n`),
      'vip-neighbour': answered(`${SOURCE_MAC.toUpperCase()}\n`),
      'server-source': SERVER,
      'server-target': SERVER,
      'cmon-source': CMON,
      'cmon-target': CMON,
      'work-source': answered(''),
      'files-dry-run': answered('stale 0\nextra 0\n'),
      'reach-target': REACH,
    },
    secretsAvailable: ['dc1-repl'],
    unfinishedRuns: [],
  };
}

/** The primary is asked after both were read: by then it has what either of them had. */
function bothPositions(...hosts: readonly HostValues[]): string {
  // A host whose MySQL did not answer has no values.
  const sets = hosts.map(({ mysql }) =>
    parseGtidSet((mysql as typeof mysql | undefined)?.gtidExecuted ?? ''),
  );
  return formatGtidSet(sets.reduce(uniteGtidSets));
}

function split(observation: HostObservation) {
  const values: Record<string, unknown> = {};
  const unread: Partial<Record<keyof HostObservation, string>> = {};
  for (const [name, fact] of Object.entries(observation) as [keyof HostObservation, unknown][]) {
    if (typeof fact !== 'object' || fact === null || !('known' in fact)) values[name] = fact;
    else if ('value' in fact) values[name] = structuredClone(fact.value);
    else {
      values[name] = undefined;
      unread[name] = 'reason' in fact ? String(fact.reason) : '';
    }
  }
  return { values: values as unknown as HostValues, unread };
}

/** The operation's own plan for a setting. */
export function planOf(given: Setting): Plan {
  const hosts = Object.fromEntries(
    HOSTS.map((host) => [host, hostObservation(given[host], given.unread[host])]),
  );
  return promote.plan(
    {
      site: given.site,
      target: given.target,
      mode: 'planned',
      observation: { site: 'dc1', atMs: given.cc1.atMs, hosts },
      id: 'dc1-promote-cc2-20260101T000000Z-abcd',
      operator: 'ann@desk',
      nowMs: given.cc1.atMs,
      secretsAvailable: given.secretsAvailable,
      unfinishedRuns: given.unfinishedRuns,
    },
    given.answers,
  );
}

export function edited(profile: Profile, edit: (given: Setting) => void): Setting {
  const given = setting(profile);
  edit(given);
  return given;
}

export function checkOf(plan: Plan, id: string): CheckResult {
  const found = plan.checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
}

/** Every plan whose shape differs. */
export const SETTINGS: Readonly<Record<string, () => Setting>> = {
  hardened: () => setting('hardened'),
  'hardened without witness': () =>
    edited('hardened', ({ unread }) => {
      unread.prom.role = 'prom cannot be reached';
    }),
  'hardened with the witness of another site': () =>
    edited('hardened', ({ prom }) => (prom.role.record = { epoch: 6, role: 'witness', primary: 'b-cc1' })),
  documented: () => setting('documented'),
};
