import type { UnfinishedRun } from '../../../plan/plan';
import { type HostObservation, type SiteObservation } from '../../../observe/host';
import type { QuestionAnswer } from '../../scheme';
import type { ReplicationController, ReplicationSite } from '../site';
import { type Epochs, nextEpochs } from './epochs';
import { foreignRecord } from './witnessRecord';

/**
 * How the VIP and the roles move, taken from what the hosts are and never from the inventory's profile:
 * `role-flag` where keepalived tracks the active flag and role records exist (hardened),
 * `keepalived` where the VIP only follows a keepalived that is stopped (documented).
 */
export type Method = 'role-flag' | 'keepalived';

/** All that checks and steps of a planned promotion read. */
export interface PromoteContext {
  readonly site: ReplicationSite;
  /** Primary now. */
  readonly source: ReplicationController;
  /** Primary afterwards. */
  readonly target: ReplicationController;
  readonly observation: SiteObservation;
  readonly seen: {
    readonly source: HostObservation;
    readonly target: HostObservation;
    readonly witness: HostObservation;
  };
  readonly answers: Readonly<Record<string, QuestionAnswer>>;
  readonly method: Method;
  readonly epochs: Epochs;
  readonly secretsAvailable: readonly string[];
  readonly unfinishedRuns: readonly UnfinishedRun[];
  /** The controllers whose facts checks must have; absent: both. In an emergency the source is dead, and only the target counts. */
  readonly asked?: readonly ('source' | 'target')[];
}

/** The controllers that a check has to look at, with their names. */
export function askedHosts({
  asked,
  seen,
  source,
  target,
}: Pick<PromoteContext, 'asked' | 'seen' | 'source' | 'target'>): readonly {
  readonly name: string;
  readonly seen: HostObservation;
}[] {
  const both = { source: source.name, target: target.name };
  return (asked ?? (['source', 'target'] as const)).map((which) => ({
    name: both[which],
    seen: seen[which],
  }));
}

/** Whether the old primary can be asked: not in an emergency. */
export function sourceAsked({ asked }: Pick<PromoteContext, 'asked'>): boolean {
  return asked?.includes('source') ?? true;
}

export function observationOf(observation: SiteObservation, host: string): HostObservation {
  const seen = observation.hosts[host];
  if (seen === undefined) {
    throw new RangeError(`the observation holds no host ${host}`);
  }
  return seen;
}

/** What the inventory wants, where a host does not tell. */
export function methodOfProfile({ profile }: ReplicationSite): Method {
  return profile === 'hardened' ? 'role-flag' : 'keepalived';
}

/** What one controller is built for; undefined where that could not be read. */
export function methodOf(seen: HostObservation): Method | undefined {
  if (!seen.keepalived.known || !seen.role.known) {
    return undefined;
  }
  const roleFlag = seen.keepalived.value.follows === 'role-flag' && seen.role.value.record !== undefined;
  return roleFlag ? 'role-flag' : 'keepalived';
}

export function controllerNamed(site: ReplicationSite, name: string): ReplicationController {
  const found = site.controllers.find((controller) => controller.name === name);
  if (found === undefined) {
    throw new RangeError(`${site.name} has no controller ${name}`);
  }
  return found;
}

export function otherController(site: ReplicationSite, name: string): ReplicationController {
  const found = site.controllers.find((controller) => controller.name !== name);
  if (found === undefined) {
    throw new RangeError(`${site.name} has no other controller than ${name}`);
  }
  return found;
}

export function promoteContext(input: {
  readonly site: ReplicationSite;
  readonly target: string;
  readonly observation: SiteObservation;
  readonly answers: Readonly<Record<string, QuestionAnswer>>;
  readonly secretsAvailable: readonly string[];
  readonly unfinishedRuns: readonly UnfinishedRun[];
}): PromoteContext {
  const target = controllerNamed(input.site, input.target);
  const source = otherController(input.site, input.target);
  const seen = {
    source: observationOf(input.observation, source.name),
    target: observationOf(input.observation, target.name),
    witness: observationOf(input.observation, input.site.prometheus.name),
  };
  return {
    ...input,
    source,
    target,
    seen,
    method: methodOf(seen.source) ?? methodOf(seen.target) ?? 'role-flag',
    // Epochs of another site's witness record say nothing here.
    epochs: nextEpochs([
      ...[seen.source, seen.target],
      ...(foreignRecord(input.site, seen.witness) === undefined ? [seen.witness] : []),
    ]),
  };
}
