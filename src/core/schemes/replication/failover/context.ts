import type { UnfinishedRun } from '../../../plan/plan';
import type { SiteObservation } from '../../../observe/host';
import type { PowerHook } from '../../../operate/hooks';
import type { QuestionAnswer } from '../../scheme';
import { type PromoteContext, promoteContext } from '../operation/context';
import type { ReplicationSite } from '../site';
import { type EmergencyMode, type Fence, fenceOf } from './fence';
import { type Life, lifeOf } from './life';

/** All that checks and steps of a failover read. */
export interface EmergencyContext extends PromoteContext {
  readonly mode: EmergencyMode;
  /** The operator's own words, by kind: `powered-off`, `isolated`. */
  readonly attested: Readonly<Record<string, string>>;
  readonly powerHook: PowerHook | undefined;
  /** Everything that tells whether the old primary lives, from wherever it was asked. */
  readonly life: Life;
  /** What proves that the old primary writes no more; undefined: nothing does. */
  readonly fence: Fence | undefined;
  readonly nowMs: number;
}

/** Closed by hand over ssh, and held so: it answers, and serves nobody. */
export function sourceHeld({ seen: { source } }: Pick<PromoteContext, 'seen'>): boolean {
  return (
    source.role.known &&
    source.role.value.held === true &&
    source.role.value.activeEpoch === undefined &&
    source.mysql.known &&
    source.mysql.value.superReadOnly
  );
}

/**
 * A controller that was the primary and came back, or whose way back was cut off half-way: it has no channel, so nothing more
 * can come, and all that the dead one took since is not here.
 */
export function followsNobody({ mode, seen }: Pick<EmergencyContext, 'mode' | 'seen'>): boolean {
  const { mysql } = seen.target;
  return mode === 'emergency' && mysql.known && mysql.value.replica === undefined;
}

/** Any other word than half-way means the emergency: `planned` is what the page says where nothing was chosen. */
export function emergencyMode(mode: string): EmergencyMode {
  return mode === 'half-way' ? 'half-way' : 'emergency';
}

export function emergencyContext(input: {
  readonly site: ReplicationSite;
  readonly target: string;
  readonly mode: string;
  readonly observation: SiteObservation;
  readonly answers: Readonly<Record<string, QuestionAnswer>>;
  readonly secretsAvailable: readonly string[];
  readonly unfinishedRuns: readonly UnfinishedRun[];
  readonly attested?: Readonly<Record<string, string>>;
  readonly powerHook?: PowerHook;
  readonly nowMs: number;
}): EmergencyContext {
  const mode = emergencyMode(input.mode);
  const context = {
    ...promoteContext(input),
    asked: ['target'] as const,
    mode,
    attested: input.attested ?? {},
    powerHook: input.powerHook,
    nowMs: input.nowMs,
  };
  const life = lifeOf(context);
  return { ...context, life, fence: fenceOf({ ...context, life }) };
}
