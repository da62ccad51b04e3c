import type { Fact } from '../../../observe/fact';
import type { HostObservation, SiteObservation } from '../../../observe/host';
import type { ReplicationSite } from '../site';

export type Role = 'primary' | 'standby' | 'unknown';

/** One thing that tells what a controller is. `says` is undefined where it could not be read. */
export interface RoleVote {
  readonly about: 'read-only' | 'channel' | 'vip' | 'services' | 'record';
  readonly says: 'primary' | 'standby' | undefined;
  /** What was seen, for the operator. */
  readonly text: string;
}

export interface RoleJudgement {
  /** Primary or standby only where every vote was read and all agree: what a plan may rest on. */
  readonly role: Role;
  /** The best guess from what was read, the database first: what is drawn, and what findings are worded by. */
  readonly likely: Role;
  readonly votes: readonly RoleVote[];
  /** The votes' texts. */
  readonly reasons: readonly string[];
}

/** What one controller is: by read-only, replication channel, VIP, services, and the role record where there is one. */
export function roleOf(site: ReplicationSite, observation: SiteObservation, host: string): RoleJudgement {
  const seen = observation.hosts[host];
  if (seen === undefined) {
    return { role: 'unknown', likely: 'unknown', votes: [], reasons: [`${host} was not observed`] };
  }
  const votes = votesOf(site, seen);
  const [first] = votes;
  const agreed = votes.every((vote) => vote.says === first?.says) ? first?.says : undefined;
  return {
    role: agreed ?? 'unknown',
    likely: agreed ?? likelyRole(votes),
    votes,
    reasons: votes.map((vote) => vote.text),
  };
}

/** True, false, or undefined where the addresses could not be read. */
export function holdsVip(site: ReplicationSite, seen: HostObservation): boolean | undefined {
  return seen.addresses.known
    ? seen.addresses.value.some((address) => address.address === site.vip)
    : undefined;
}

function votesOf(site: ReplicationSite, seen: HostObservation): RoleVote[] {
  return [
    vote('read-only', seen.mysql, (mysql) =>
      mysql.readOnly || mysql.superReadOnly
        ? ['standby', 'MySQL is read-only']
        : ['primary', 'MySQL is writable'],
    ),
    vote('channel', seen.mysql, ({ replica }) =>
      replica === undefined
        ? ['primary', 'MySQL has no replication channel']
        : ['standby', `MySQL is a replica of ${replica.sourceHost}`],
    ),
    vote('vip', seen.addresses, () =>
      holdsVip(site, seen) === true
        ? ['primary', `holds ${site.vip}`]
        : ['standby', `does not hold ${site.vip}`],
    ),
    servicesVote(seen),
    ...recordVote(seen),
  ];
}

function vote<T>(
  about: RoleVote['about'],
  fact: Fact<T>,
  judge: (value: T) => readonly ['primary' | 'standby', string],
): RoleVote {
  if (!fact.known) return { about, says: undefined, text: `${about} is unknown: ${fact.reason}` };
  const [says, text] = judge(fact.value);
  return { about, says, text };
}

/** cmon or lsyncd running makes a host active; whether each of them should is another question (see the findings). */
function servicesVote(seen: HostObservation): RoleVote {
  const { cmonProcesses, lsyncd } = seen;
  if (cmonProcesses.known && cmonProcesses.value > 0) {
    return { about: 'services', says: 'primary', text: 'cmon runs' };
  }
  if (lsyncd.known && lsyncd.value.running) {
    return { about: 'services', says: 'primary', text: 'lsyncd runs' };
  }
  if (!cmonProcesses.known) {
    return { about: 'services', says: undefined, text: `services are unknown: ${cmonProcesses.reason}` };
  }
  if (!lsyncd.known) {
    return { about: 'services', says: undefined, text: `lsyncd is unknown: ${lsyncd.reason}` };
  }
  return { about: 'services', says: 'standby', text: 'neither cmon nor lsyncd runs' };
}

/** Hosts of the documented profile have no record: no vote. */
function recordVote(seen: HostObservation): RoleVote[] {
  if (!seen.role.known) {
    return [{ about: 'record', says: undefined, text: `the role record is unknown: ${seen.role.reason}` }];
  }
  const { record } = seen.role.value;
  if (record === undefined) return [];
  const says = record.role === 'primary' && record.primary === seen.host ? 'primary' : 'standby';
  return [
    {
      about: 'record',
      says,
      text: `its role record says ${record.role} (epoch ${record.epoch}, primary ${record.primary})`,
    },
  ];
}

/** The database first: it holds the data. Then the record, then the VIP, then what runs. */
function likelyRole(votes: readonly RoleVote[]): Role {
  const says = (about: RoleVote['about']) => votes.find((vote) => vote.about === about)?.says;
  if (says('channel') === 'standby' && says('read-only') === 'standby') return 'standby';
  if (says('channel') === 'primary' && says('read-only') === 'primary') return 'primary';
  return says('record') ?? says('channel') ?? says('vip') ?? says('services') ?? 'unknown';
}
