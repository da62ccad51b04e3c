import type { InventoryPath, TextFix } from '../../../findings/finding';
import type { Occurrence, Rule } from '../../../findings/rule';
import { replaceValue } from '../../../inventory/edits';
import { placeIn } from '../../../inventory/entry';
import type { SiteDraft } from '../../../inventory/examine';
import type { RangePart } from '../../../inventory/tree';
import type { ReplicationInput } from '../schema';

export type ReplicationDraft = SiteDraft<ReplicationInput>;
export type ReplicationRule = Rule<ReplicationDraft>;
export type ReplicationSetRule = Rule<readonly ReplicationDraft[]>;

/** An occurrence at a path below the site. */
export function at(
  draft: ReplicationDraft,
  path: InventoryPath,
  message: string,
  more: Partial<Occurrence> & { part?: RangePart } = {},
): Occurrence {
  const { part, ...rest } = more;
  return { where: placeIn(draft.entry, path, part), message, ...rest };
}

/** Names and values of the controllers, in the file's order. */
export function controllersOf(draft: ReplicationDraft) {
  return Object.entries(draft.value.controllers ?? {}).map(([name, value]) => ({ name, value: value ?? {} }));
}

export function isDocumented(draft: ReplicationDraft): boolean {
  return draft.value.profile === 'documented';
}

/** The answer to what is unsafe in the documented profile. Hosts change with the next deployment only. */
export function hardened({ entry }: ReplicationDraft): TextFix {
  return replaceValue(entry, ['profile'], 'hardened', 'Use profile: hardened');
}
