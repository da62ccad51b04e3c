import type { Occurrence } from '../../../findings/rule';
import { nearest } from '../../../inventory/nearest';
import { inFile, replace } from '../../place';
import type { LsyncdDocument } from '../document';
import { RSYNC_KEYS, SETTINGS_KEYS, SYNC_KEYS } from '../keys';
import { once } from '../rule';
import type { LsyncdRule } from '../rule';
import { tableAt } from '../value';
import type { Table } from '../value';

function unknownIn(
  document: LsyncdDocument,
  table: Table | undefined,
  known: readonly string[] | undefined,
): Occurrence[] {
  return (table?.fields ?? []).flatMap(({ key, keyAt }) => {
    if (key === undefined || known === undefined || known.includes(key)) return [];
    const meant = nearest(key, known);
    const fix = meant === undefined ? undefined : replace(`Change to ${meant}`, keyAt, meant);
    const hint = meant === undefined ? '' : `: is ${meant} meant?`;
    return [inFile(document, keyAt, `lsyncd does not know ${key.slice(0, 60)} here${hint}`, { fix })];
  });
}

export const unknownKey: LsyncdRule = {
  code: 'lsyncd-unknown-key',
  severity: 'error',
  why: 'lsyncd ends with 255 for a key that it does not know, and nothing is copied.',
  remedy: 'Correct or remove the key. Options of rsync that lsyncd has no key for go into `_extra`.',
  check: (document) =>
    once([
      ...unknownIn(document, document.settings?.table, SETTINGS_KEYS),
      ...document.syncs.flatMap(({ layer, table }) => [
        ...unknownIn(document, table, SYNC_KEYS[layer ?? '']),
        ...(layer !== undefined && layer in SYNC_KEYS
          ? unknownIn(document, tableAt(table, 'rsync'), RSYNC_KEYS)
          : []),
      ]),
    ]),
};
