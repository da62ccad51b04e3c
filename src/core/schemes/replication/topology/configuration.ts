import { type FileDrift, isDrift, matters } from '../../../deploy/drift';
import type { HostObservation } from '../../../observe/host';
import type { NodeState, TopologyNode } from '../../../topology/node';
import { stateOfFindings, worstState } from '../../../topology/state';
import { driftOf } from '../state/host/configDrift';
import { findingsOf } from './context';
import type { TopologyContext } from './context';

/** The files of one host, with a row for each that is not as the inventory says. Absent where nobody compared them. */
export function configurationNodes(context: TopologyContext, seen: HostObservation): TopologyNode[] {
  if (seen.drift === undefined) return [];
  const site = context.view.site.name;
  const { host, atMs } = seen;
  const files = driftOf(seen);
  const different = files.filter(isDrift);
  const id = `site:${site}/${host}/configuration`;
  const found = stateOfFindings(findingsOf(context, 'configuration', host));
  return [
    {
      id,
      kind: 'configuration',
      label: 'Configuration',
      description: summary(files),
      state: worstState(['healthy', ...found, ...different.map(stateOf)]),
      facts: [
        { label: 'Files', value: String(files.length), source: 'rendered from the inventory', atMs },
        {
          label: 'As rendered',
          value: String(files.length - different.length),
          source: seen.drift.source,
          atMs,
        },
      ],
      children: different.map((drift) => fileNode(site, seen, id, drift)),
      tokens: ['configuration', ...(different.length > 0 ? ['drift'] : [])],
      site,
      host,
    },
  ];
}

function summary(files: readonly FileDrift[]): string {
  const count = files.filter(matters).length;
  const remarks = files.filter(({ kind }) => kind === 'remarks').length;
  const also = remarks === 0 ? '' : `, ${remarks} in remarks only`;
  if (count === 0) return `${files.length} as rendered${also}`;
  return `${count} of ${files.length} files ${count === 1 ? 'differs' : 'differ'}${also}`;
}

/** What is wrong about the whole is the finding's to say; only what can't be compared is a state of the row itself. */
function stateOf({ kind }: FileDrift): NodeState {
  return kind === 'unknown' ? 'unknown' : 'healthy';
}

function fileNode(site: string, seen: HostObservation, parent: string, drift: FileDrift): TopologyNode {
  const source = seen.drift?.source ?? '';
  const fact = (label: string, value: string) => ({ label, value, source, atMs: seen.atMs });
  return {
    id: `${parent}${drift.path}`,
    kind: 'file',
    label: drift.path,
    description: drift.text,
    state: stateOf(drift),
    facts: [fact('Compared', drift.text), fact('Group', drift.group)],
    children: [],
    tokens: ['file', drift.kind],
    site,
    host: seen.host,
  };
}
