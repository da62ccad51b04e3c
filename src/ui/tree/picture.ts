import type { TopologyNode } from '../../core/topology/node';
import type { SiteView } from '../sites/monitor';
import { drawCurrent, drawStale, type DrawnNode } from './lastKnown';

/** Words that the caller translates. */
export interface PictureWords {
  readonly notObserved: string;
}

/** What the tree shows of a site: what was observed, else what is remembered, else that nothing is known. */
export function drawSite(view: SiteView, words: PictureWords): DrawnNode {
  if (view.current) {
    return drawCurrent(view.current.topology, view.memory);
  }
  if (view.memory) {
    const topology =
      view.problem === '' ? view.memory.topology : { ...view.memory.topology, description: view.problem };
    return drawStale(topology, view.memory.atMs);
  }
  const node: TopologyNode = {
    id: view.site.name,
    kind: 'site',
    label: view.site.name,
    description: view.problem === '' ? words.notObserved : view.problem,
    state: 'unknown',
    facts: [],
    children: [],
    tokens: [view.site.scheme],
    site: view.site.name,
  };
  return { node, children: [] };
}
