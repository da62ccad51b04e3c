import type { UnfinishedRun } from '../../../plan/plan';
import type { HostObservation, SiteObservation } from '../../../observe/host';
import type { QuestionAnswer } from '../../scheme';
import {
  controllerNamed,
  methodOf,
  observationOf,
  otherController,
  promoteContext,
  type Method,
  type PromoteContext,
} from '../operation/context';
import type { ReplicationController, ReplicationSite } from '../site';
import { type Way, wayOf } from './way';

/** All that checks and steps of a rejoin read. */
export interface RejoinContext {
  readonly site: ReplicationSite;
  /** The controller that becomes the primary's standby. */
  readonly host: ReplicationController;
  /** The other one. It is read, and its files are copied from; its data is not touched. */
  readonly primary: ReplicationController;
  readonly observation: SiteObservation;
  readonly seen: {
    readonly host: HostObservation;
    readonly primary: HostObservation;
    readonly witness: HostObservation;
  };
  readonly answers: Readonly<Record<string, QuestionAnswer>>;
  readonly method: Method;
  /** Undefined where what decides it could not be read: then a check blocks. */
  readonly way: Way | undefined;
  readonly secretsAvailable: readonly string[];
  readonly unfinishedRuns: readonly UnfinishedRun[];
  /** On the host: whatever is replaced there is kept in this folder. */
  readonly keptFolder: string;
}

/** Where a run keeps what it replaces. Outlives it: nobody but the operator removes it. */
export function keptFolder(planId: string): string {
  return `/var/lib/clustercontrol-ha/kept/${planId}`;
}

export interface RejoinInput {
  readonly site: ReplicationSite;
  readonly target: string;
  readonly id: string;
  readonly observation: SiteObservation;
  readonly answers: Readonly<Record<string, QuestionAnswer>>;
  readonly secretsAvailable: readonly string[];
  readonly unfinishedRuns: readonly UnfinishedRun[];
}

export function rejoinContext(input: RejoinInput): RejoinContext {
  const { site, observation, answers, secretsAvailable, unfinishedRuns } = input;
  const host = controllerNamed(site, input.target);
  const primary = otherController(site, input.target);
  const seen = {
    host: observationOf(observation, host.name),
    primary: observationOf(observation, primary.name),
    witness: observationOf(observation, site.prometheus.name),
  };
  return {
    site,
    host,
    primary,
    observation,
    seen,
    answers,
    method: methodOf(seen.primary) ?? methodOf(seen.host) ?? 'role-flag',
    way: wayOf(seen.host, answers, primary.name),
    secretsAvailable,
    unfinishedRuns,
    keptFolder: keptFolder(input.id),
  };
}

/** As checks and steps of a promotion read it: `source` is the primary, `target` the host that rejoins. */
export function outward(context: RejoinContext): PromoteContext {
  return promoteContext({ ...context, target: context.host.name });
}

/** The other way round, as the end of a promotion reads it: `source` rejoins, `target` is the primary. */
export function inward(context: RejoinContext): PromoteContext {
  return promoteContext({ ...context, target: context.primary.name });
}
