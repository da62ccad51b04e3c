import type { NodeState } from '../../core/topology/node';
import type { SiteView } from '../sites/monitor';

const WORST_FIRST: readonly NodeState[] = ['error', 'unknown', 'warning', 'inactive', 'healthy'];

/** The state of a site as far as this window knows. What was not observed is unknown. */
export function siteState(view: SiteView): NodeState {
  return view.current?.topology.state ?? 'unknown';
}

/** Errors first, then what is not known: unknown is never healthy. */
export function worstState(views: readonly SiteView[]): NodeState {
  return WORST_FIRST.find((state) => views.some((view) => siteState(view) === state)) ?? 'unknown';
}

/** Findings of the hosts that ask for attention. */
export function openFindings(views: readonly SiteView[]): number {
  return views.reduce(
    (sum, view) =>
      sum + (view.current?.findings ?? []).filter(({ severity }) => severity !== 'information').length,
    0,
  );
}
