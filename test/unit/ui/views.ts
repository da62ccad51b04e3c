import type { Site } from '../../../src/core/inventory/site';
import type { NodeState } from '../../../src/core/topology/node';
import type { SiteView } from '../../../src/ui/sites/monitor';

/** A site as the window knows it. @param seen undefined: it was never observed */
export function view(
  name: string,
  seen: { readonly state: NodeState; readonly atMs: number } | undefined,
): SiteView {
  const site: Site = { name, scheme: 'replication', hosts: [], file: 'file:///x.yaml' };
  const topology = {
    id: name,
    kind: 'site' as const,
    label: name,
    description: '',
    state: seen?.state ?? 'unknown',
    facts: [],
    children: [],
    tokens: [],
    site: name,
  };
  const current = seen && { site: name, atMs: seen.atMs, topology, findings: [] };
  return { site, current, problem: '', memory: undefined };
}
