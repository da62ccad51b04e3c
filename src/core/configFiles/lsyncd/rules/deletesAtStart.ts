import type { TextFix } from '../../../findings/finding';
import { inFile, lineBefore, removal, replace } from '../../place';
import type { LsyncdDocument, Sync } from '../document';
import { once, usesRsync } from '../rule';
import type { LsyncdRule } from '../rule';
import { fieldOf, strings, tableAt } from '../value';
import type { Value } from '../value';

/** Values that keep lsyncd from deleting what it finds at start. */
const KEEPS = ['running', 'false'];

export const deletesAtStart: LsyncdRule = {
  code: 'lsyncd-deletes-at-start',
  severity: 'warning',
  why: "By default lsyncd begins with `rsync --delete --ignore-errors`: started on a host that is behind, by mistake or after a failover, it deletes the newer files of the active one and puts old contents in their place. Measured: a new cluster's configuration was gone.",
  remedy:
    'Write `delete = "running"`: what is deleted while it runs is deleted on the other side, and nothing at start.',
  check: (document) =>
    once(
      document.syncs.filter(usesRsync).flatMap((sync) => {
        const { at, table } = sync;
        const extra = strings(fieldOf(tableAt(table, 'rsync'), '_extra')?.value).find(({ text }) =>
          /^--del(ete)?\b/.test(text),
        );
        if (extra !== undefined) {
          return [
            inFile(document, extra.at, `${extra.text} deletes at each start, whatever \`delete\` says`, {
              fix: withoutItem(document, extra.at),
            }),
          ];
        }
        const field = fieldOf(table, 'delete');
        const { value } = field ?? {};
        if (value !== undefined && (value.kind === 'unknown' || value.kind === 'path' || keeps(value)))
          return [];
        const place = value?.at ?? at;
        return [
          inFile(document, place, 'this sync deletes at start what only the target has', {
            fix: fixOf(document, sync),
          }),
        ];
      }),
    ),
};

function keeps(value: Value): boolean {
  return 'text' in value ? KEEPS.includes(value.text) : false;
}

function fixOf(document: LsyncdDocument, { table }: Sync): TextFix | undefined {
  const title = 'Delete only while it runs';
  const value = fieldOf(table, 'delete')?.value;
  if (value !== undefined) return replace(title, value.at, '"running"');
  const before = fieldOf(table, 'rsync') ?? fieldOf(table, 'target');
  if (before === undefined) return undefined;
  const { range, newText } = lineBefore(document.text, before.keyAt, 'delete = "running",');
  const alone = document.text.slice(range.start, before.keyAt.start).trim() === '';
  return alone
    ? { title, edits: [{ range, newText }] }
    : {
        title,
        edits: [
          { range: { start: before.keyAt.start, end: before.keyAt.start }, newText: 'delete = "running", ' },
        ],
      };
}

/** An item of a list with the comma that divides it from its neighbour. */
function withoutItem(
  { text }: LsyncdDocument,
  at: { readonly start: number; readonly end: number },
): TextFix {
  const behind = /^\s*[,;]/.exec(text.slice(at.end))?.[0].length ?? 0;
  const before = behind > 0 ? 0 : (/[,;]\s*$/.exec(text.slice(0, at.start))?.[0].length ?? 0);
  const range = { start: at.start - before, end: at.end + behind };
  return replace('Take --delete out', before > 0 ? range : removal(text, range), '');
}
