import type { TextFix } from '../../../findings/finding';
import { inFile, lineBehind, replace } from '../../place';
import type { LsyncdDocument } from '../document';
import type { LsyncdRule } from '../rule';
import { fieldOf } from '../value';

export const insistMissing: LsyncdRule = {
  code: 'lsyncd-insist-missing',
  severity: 'warning',
  why: 'When one target does not answer at start, lsyncd ends with 255 and stays down: after a failover the old primary is away, so the new one copies nothing when it comes back.',
  remedy: 'Write `insist = true` into settings, and let systemd start it again (`Restart=on-failure`).',
  check(document) {
    const { settings } = document;
    if (document.assigned !== undefined) return [];
    const value = fieldOf(settings?.table, 'insist')?.value;
    if (
      value?.kind === 'unknown' ||
      value?.kind === 'path' ||
      (value?.kind === 'boolean' && value.text === 'true')
    )
      return [];
    // `insist` alone in the table is the same as `insist = true` for lsyncd 2.2.
    if (
      settings?.table.fields.some(
        (field) => field.key === undefined && field.value.kind === 'string' && field.value.text === 'insist',
      )
    )
      return [];
    const at = value?.at ?? settings?.at ?? document.syncs[0]?.at;
    if (at === undefined) return [];
    return [inFile(document, at, 'lsyncd gives up when a target is away at start', { fix: fixOf(document) })];
  },
};

function fixOf({ text, settings }: LsyncdDocument): TextFix | undefined {
  const title = 'Add insist = true';
  const field = fieldOf(settings?.table, 'insist');
  if (field !== undefined) return replace('Set insist to true', field.value.at, 'true');
  const last = settings?.table.fields.at(-1);
  if (last === undefined) return undefined;
  const comma = /^\s*[,;]/.exec(text.slice(last.value.at.end))?.[0].length;
  const behind = last.value.at.end + (comma ?? 0);
  const line = text.slice(text.lastIndexOf('\n', last.keyAt.start - 1) + 1, last.keyAt.start);
  if (line.trim() !== '') {
    return {
      title,
      edits: [
        { range: { start: behind, end: behind }, newText: `${comma === undefined ? ',' : ''} insist = true` },
      ],
    };
  }
  const edits = comma === undefined ? [{ range: { start: behind, end: behind }, newText: ',' }] : [];
  return {
    title,
    edits: [...edits, lineBehind(text, { start: last.keyAt.start, end: behind }, 'insist = true')],
  };
}
