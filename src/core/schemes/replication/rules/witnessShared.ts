import { placeIn } from '../../../inventory/entry';
import { at, isDocumented } from './rule';
import type { ReplicationDraft, ReplicationSetRule } from './rule';

const PATH = ['prometheus'];

export const witnessShared: ReplicationSetRule = {
  code: 'witness-shared',
  severity: 'error',
  why: 'The Prometheus host is the witness between the controllers, and keeps one record: the second site takes it from the first, which then closes itself when its controllers do not hear each other, and opens nothing that boots alone. With controllers of the same names a promotion in one site closes the primary of the other.',
  remedy: 'Give each hardened site a Prometheus host of its own.',
  check(drafts) {
    const first = new Map<string, ReplicationDraft>();
    const others = new Map<ReplicationDraft, { other: ReplicationDraft; by: string }>();
    for (const draft of drafts) {
      for (const mark of marksOf(draft)) {
        const other = first.get(mark);
        if (other === undefined) {
          first.set(mark, draft);
          continue;
        }
        if (!others.has(draft)) others.set(draft, { other, by: mark });
        if (!others.has(other)) others.set(other, { other: draft, by: mark });
      }
    }
    return [...others].map(([draft, { other, by }]) =>
      at(draft, placeOf(draft), `the Prometheus host ${by} is the witness of the site ${other.name} too`, {
        related: [{ where: placeIn(other.entry, placeOf(other)), message: `${other.name} has it too` }],
      }),
    );
  },
};

/**
 * What names this host and no other: its address, and a name with a domain. `prom` may be another host in every site. Documented
 * sites have no witness.
 */
function marksOf(draft: ReplicationDraft): string[] {
  const { prometheus } = draft.value;
  if (prometheus === undefined || isDocumented(draft)) return [];
  const { name = '', address } = prometheus;
  return [...(address === undefined ? [] : [address]), ...(name.includes('.') ? [name.toLowerCase()] : [])];
}

function placeOf(draft: ReplicationDraft): string[] {
  return draft.value.prometheus?.address === undefined ? PATH : [...PATH, 'address'];
}
