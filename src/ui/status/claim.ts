import type { NodeState } from '../../core/topology/node';
import type { SiteView } from '../sites/monitor';
import { siteState, worstState } from './summary';

const ICONS: Readonly<Record<NodeState, string>> = {
  healthy: '$(pass)',
  warning: '$(warning)',
  error: '$(error)',
  unknown: '$(question)',
  inactive: '$(circle-outline)',
};
/** Of whatever is too old to be said of now. */
const OLD_ICON = '$(history)';

/** What may be said of sites at this moment. */
export interface Claim {
  readonly state: NodeState;
  /** Set where it was seen too long ago to be said of now: how long. */
  readonly oldMs: number | undefined;
  readonly icon: string;
}

/** When something is said, and from which age on it is old; both in ms. */
export interface Moment {
  readonly nowMs: number;
  readonly oldAfterMs: number;
}

const FEW_INTERVALS = 3;
const AT_LEAST_MS = 60_000;
const AT_MOST_MS = 5 * 60_000;

/**
 * From which age on a look is old: a few intervals, so that one slow answer makes none old.
 * @param intervalMs pause between two looks; 0: only on demand
 */
export function oldAfterMs(intervalMs: number): number {
  return Math.min(Math.max(FEW_INTERVALS * intervalMs, AT_LEAST_MS), AT_MOST_MS);
}

/** What all these sites together are. */
export function claimOf(views: readonly SiteView[], moment: Moment): Claim {
  const state = worstState(views);
  // One fresh look is enough to say that something is bad. That all is well is as old as its oldest part.
  const well = state === 'healthy' || state === 'inactive';
  const shown = seenAtMs(views.filter((view) => siteState(view) === state));
  const oldMs = oldFor(well ? Math.min(...seenAtMs(views)) : Math.max(...shown), moment);
  return { state, oldMs, icon: oldMs === undefined ? ICONS[state] : OLD_ICON };
}

/** The age of what is counted over all these sites, where that is old: that of the oldest look. */
export function countedMs(views: readonly SiteView[], moment: Moment): number | undefined {
  return oldFor(Math.min(...seenAtMs(views)), moment);
}

/** Epoch ms. What was never seen has no age. */
function seenAtMs(views: readonly SiteView[]): number[] {
  return views.flatMap(({ current }) => (current ? [current.atMs] : []));
}

/** @param atMs infinite where nothing was seen */
function oldFor(atMs: number, moment: Moment): number | undefined {
  const ageMs = moment.nowMs - atMs;
  return Number.isFinite(ageMs) && ageMs >= moment.oldAfterMs ? ageMs : undefined;
}
