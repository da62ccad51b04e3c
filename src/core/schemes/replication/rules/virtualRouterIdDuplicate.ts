import { insertKey, replaceValue } from '../../../inventory/edits';
import type { TextFix } from '../../../findings/finding';
import { placeIn } from '../../../inventory/entry';
import { overlaps } from '../../../inventory/ipv4';
import type { Network } from '../../../inventory/ipv4';
import { networkOf } from './network';
import { at } from './rule';
import type { ReplicationDraft, ReplicationSetRule } from './rule';

const DEFAULT_ID = 51;
const PATH = ['keepalived', 'virtualRouterId'];

export const virtualRouterIdDuplicate: ReplicationSetRule = {
  code: 'virtual-router-id-duplicate',
  severity: 'error',
  why: 'On one network the id names the virtual router: keepalived of one site would listen to the other, and take or lose its VIP by it.',
  remedy: 'Give each site on the network its own keepalived.virtualRouterId.',
  check(drafts) {
    const groups = new Map<number, { draft: ReplicationDraft; network: Network }[]>();
    for (const draft of drafts) {
      const network = networkOf(draft);
      const id = draft.value.keepalived?.virtualRouterId ?? DEFAULT_ID;
      if (network === undefined) continue;
      const same = groups.get(id) ?? [];
      same.push({ draft, network });
      groups.set(id, same);
    }
    return [...groups].flatMap(([id, sites]) => {
      const others = overlapping(sites);
      return sites.flatMap(({ draft }) => {
        const other = others.get(draft);
        if (other === undefined) return [];
        const message = `virtual router id ${id} is used by the site ${other.name} on the same network`;
        const related = [{ where: placeIn(other.entry, PATH, 'key'), message: `${other.name} uses it too` }];
        return [at(draft, PATH, message, { related, fix: fix(draft, drafts) })];
      });
    });
  },
};

interface Placed {
  readonly draft: ReplicationDraft;
  readonly network: Network;
}

/** For each site one that shares its network. Networks lie apart or inside of each other: sorted, neighbours tell. */
function overlapping(sites: readonly Placed[]): Map<ReplicationDraft, ReplicationDraft> {
  const sorted = [...sites].sort(
    (a, b) => a.network.first - b.network.first || a.network.prefixLength - b.network.prefixLength,
  );
  const others = new Map<ReplicationDraft, ReplicationDraft>();
  let outer: Placed | undefined;
  for (const one of sorted) {
    if (outer !== undefined && overlaps(outer.network, one.network)) {
      others.set(one.draft, outer.draft);
      if (!others.has(outer.draft)) others.set(outer.draft, one.draft);
    } else {
      outer = one;
    }
  }
  return others;
}

/** An id that no site has. */
function fix({ entry, value }: ReplicationDraft, drafts: readonly ReplicationDraft[]): TextFix | undefined {
  const used = new Set(drafts.map((draft) => draft.value.keepalived?.virtualRouterId ?? DEFAULT_ID));
  const free = Array.from({ length: 255 }, (_, index) => index + 1).find(
    (id) => id > DEFAULT_ID && !used.has(id),
  );
  if (free === undefined) return undefined;
  const title = `Use virtual router id ${free}`;
  const { keepalived } = value;
  if (keepalived?.virtualRouterId !== undefined) return replaceValue(entry, PATH, String(free), title);
  return keepalived === undefined
    ? insertKey(entry, [], `keepalived: { virtualRouterId: ${free} }`, title)
    : insertKey(entry, ['keepalived'], `virtualRouterId: ${free}`, title);
}
