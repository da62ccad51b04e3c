import { isWritable, mysqlOf } from '../state/rule';
import { holdsVip } from '../state/roles';
import { viewOf } from '../state/view';
import {
  methodOf,
  methodOfProfile,
  observationOf,
  otherController,
  promoteContext,
  type PromoteContext,
} from '../operation/context';
import type { SiteObservation } from '../../../observe/host';
import type { PlanRequest, QuestionAnswer } from '../../scheme';
import type { ReplicationSite } from '../site';

/**
 * All that checks and steps of closing one host read. `source` is that host, whatever its role is; of `target`, the other
 * one, nothing is needed: it may be away.
 */
export interface CloseContext extends PromoteContext {
  /** Whether the other one is seen to serve users; false: it does not, or nobody knows. */
  readonly otherServes: boolean;
}

export function closeContext(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): CloseContext {
  const { site, target: host, observation } = request;
  const other = otherController(site, host).name;
  const base = promoteContext({ ...request, answers, target: other });
  return {
    ...base,
    asked: ['source'],
    // The other host says nothing about how this one is built.
    method: methodOf(base.seen.source) ?? methodOfProfile(site),
    otherServes: serves(site, observation, other),
  };
}

/** Takes writes and holds the address, as was seen just now. */
export function serves(site: ReplicationSite, observation: SiteObservation, host: string): boolean {
  return (
    takesWrites(site, observation, host) === true && holdsVip(site, observationOf(observation, host)) === true
  );
}

/** Undefined where its MySQL did not answer. */
export function takesWrites(
  site: ReplicationSite,
  observation: SiteObservation,
  host: string,
): boolean | undefined {
  const mysql = mysqlOf(viewOf(site, observation).controllers.find(({ name }) => name === host));
  return mysql === undefined ? undefined : isWritable(mysql);
}

/** Nothing of a primary was seen there, and everything was looked at: no writes, no address, no cmon. */
export function isClosed(site: ReplicationSite, observation: SiteObservation, host: string): boolean {
  const { cmonProcesses } = observationOf(observation, host);
  return (
    takesWrites(site, observation, host) === false &&
    holdsVip(site, observationOf(observation, host)) === false &&
    cmonProcesses.known &&
    cmonProcesses.value === 0
  );
}

/**
 * Only what decides how much users lose: in an emergency other facts change all the time, and nothing of them makes closing
 * wrong. What could not be read counts as `not known to`, so that a host that comes and goes does not hold it up.
 */
export function closeDigest(site: ReplicationSite, observation: SiteObservation): string {
  return site.controllers
    .flatMap(({ name }) => [
      `${name} is ${serves(site, observation, name) ? '' : 'not known to be '}serving users`,
      `${name} is ${isClosed(site, observation, name) ? '' : 'not known to be '}closed`,
    ])
    .join('\n');
}
