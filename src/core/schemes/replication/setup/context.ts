import type { UnfinishedRun } from '../../../plan/plan';
import type { FileComparison } from '../../../deploy/compare';
import { valueOf } from '../../../observe/fact';
import type { HostObservation, SiteObservation } from '../../../observe/host';
import type { PlanRequest, QuestionAnswer } from '../../scheme';
import { isDrift } from '../../../deploy/drift';
import { controllerNamed, observationOf, otherController } from '../operation/context';
import type { ReplicationController, ReplicationSite } from '../site';
import { type HostFacts, hostFacts } from './assess/facts';

/** All that checks and steps of a set-up read. */
export interface SetupContext {
  readonly site: ReplicationSite;
  readonly planId: string;
  /** Becomes the primary; what its MySQL holds stays. */
  readonly primary: ReplicationController;
  /** Becomes its standby; what its MySQL holds is replaced. */
  readonly standby: ReplicationController;
  readonly observation: SiteObservation;
  readonly seen: {
    readonly primary: HostObservation;
    readonly standby: HostObservation;
    readonly witness: HostObservation;
  };
  /** By host; undefined where it could not be told. */
  readonly facts: Readonly<Record<string, HostFacts | undefined>>;
  readonly answers: Readonly<Record<string, QuestionAnswer>>;
  /** Rendered files that the hosts lack or have otherwise. */
  readonly files: readonly FileComparison[];
  readonly secretsAvailable: readonly string[];
  readonly unfinishedRuns: readonly UnfinishedRun[];
  /** How far the pair is already. */
  readonly stage: Stage;
}

/**
 * `fresh`: no controller has a role record. `begun`: the primary has one, the standby is not yet its replica.
 * `done`: both have one and the standby replicates.
 */
export type Stage = 'fresh' | 'begun' | 'done';

function stageOf(primary: HostObservation, standby: HostObservation, witness: HostObservation): Stage {
  const [first, second] = [primary, standby].map((seen) => valueOf(seen.role)?.record);
  const settled =
    first?.role === 'primary' && second?.role === 'standby' && valueOf(witness.role)?.record !== undefined;
  if (settled && valueOf(standby.mysql)?.replica !== undefined) return 'done';
  return first === undefined && second === undefined ? 'fresh' : 'begun';
}

export function setupContext(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): SetupContext {
  const { site, observation, secretsAvailable, unfinishedRuns } = request;
  const primary = controllerNamed(site, request.target);
  const standby = otherController(site, request.target);
  const seen = {
    primary: observationOf(observation, primary.name),
    standby: observationOf(observation, standby.name),
    witness: observationOf(observation, site.prometheus.name),
  };
  return {
    site,
    planId: request.id,
    primary,
    standby,
    observation,
    seen,
    facts: Object.fromEntries(site.controllers.map(({ name }) => [name, hostFacts(answers, name)])),
    answers,
    files: (request.files ?? []).filter(({ drift }) => isDrift(drift)),
    secretsAvailable,
    unfinishedRuns,
    stage: stageOf(seen.primary, seen.standby, seen.witness),
  };
}

/** Epoch of the first primary; a set-up that was begun goes on with the one on record. */
export function setupEpoch({ seen }: SetupContext): number {
  return valueOf(seen.primary.role)?.record?.epoch ?? 1;
}
