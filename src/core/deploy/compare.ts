import { unifiedDiff } from './diff';
import type { DriftKind, FileDrift } from './drift';
import { type SecretValueOf, shownHostText, shownOwnText } from './hide';
import type { HostFile } from './hostFile';
import { type Merge, mergedText } from './merge';
import type { RenderedFile } from './renderedFile';

/** One rendered file beside what the host has. Both texts may be shown: no secret is in them. */
export interface FileComparison {
  readonly file: RenderedFile;
  readonly merge: Merge;
  readonly drift: FileDrift;
  /** Undefined where the host has none, or where it can't be read. */
  readonly onHost: string | undefined;
  /** The whole file as a deployment would leave it, with what others wrote; undefined where that can't be told. */
  readonly expected: string | undefined;
}

/** What every rendered file says of itself; a block says it by its markers. */
const OURS = /Rendered from the inventory by ClusterControl HA|^# BEGIN ClusterControl HA /m;

/** Compares what was read with what was rendered. Pure: read the file with `readFilesScript` before. */
export function compareFile(
  file: RenderedFile,
  merge: Merge,
  host: HostFile,
  valueOf: SecretValueOf,
): FileComparison {
  const result = (
    kind: DriftKind,
    text: string,
    more: { onHost?: string; expected?: string; lines?: number } = {},
  ): FileComparison => ({
    file,
    merge,
    drift: {
      path: file.path,
      group: file.group,
      kind,
      text,
      lines: more.lines ?? 0,
      ours: host.state === 'file' && OURS.test(host.text),
    },
    onHost: more.onHost,
    expected: more.expected,
  });
  if (host.state === 'unreadable') return result('unknown', `can't be compared: ${host.reason}`);
  const own = shownOwnText(file.content);
  if (host.state === 'absent') return result('missing', 'is not on the host', { expected: own });
  const onHost = shownHostText(file.content, host.text, valueOf);
  let expected: string;
  try {
    expected = mergedText(merge, own, onHost);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return result('unknown', `can't be compared: ${why}`, { onHost });
  }
  const hunks = unifiedDiff(onHost, expected, 0);
  const lines = hunks.filter((line) => !line.startsWith('@@')).length;
  const attributes = attributeText(file, host);
  const sides = { onHost, expected, lines };
  if (onHost === expected) {
    return attributes === undefined
      ? result('same', 'as rendered', sides)
      : result('attributes', attributes, sides);
  }
  const also = attributes === undefined ? '' : `; ${attributes}`;
  if (hunks.length === 0) return result('remarks', `only the end of the last line differs${also}`, sides);
  const count = `${lines} ${lines === 1 ? 'line' : 'lines'}`;
  if (effect(file, onHost) === effect(file, expected)) {
    return result(
      attributes === undefined ? 'remarks' : 'attributes',
      `only remarks or spacing differ (${count})${also}`,
      sides,
    );
  }
  return result('differs', `${count} differ${lines === 1 ? 's' : ''}${also}`, sides);
}

/** Mode and owner of a file that others own too are theirs. */
function attributeText(
  { mode, owner, shared }: RenderedFile,
  host: Extract<HostFile, { state: 'file' }>,
): string | undefined {
  if (shared !== undefined) return undefined;
  const parts = [
    ...(Number.parseInt(mode, 8) === Number.parseInt(host.mode, 8)
      ? []
      : [`mode is ${host.mode}, not ${mode}`]),
    ...(owner === host.owner ? [] : [`owner is ${host.owner}, not ${owner}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** The text without what its reader doesn't read: whole-line remarks, blank lines, indentation. */
function effect({ path }: RenderedFile, text: string): string {
  const remark = path.endsWith('.lua') || path.endsWith('lsyncd.conf') ? /^--/ : /^[#!;]/;
  return text
    .split('\n')
    .map((line) => line.trim().replace(/[ \t]+/g, ' '))
    .filter((line) => line !== '' && (line.startsWith('#!') || !remark.test(line)))
    .join('\n');
}

/** The change as a unified diff under the names of both sides; empty when nothing but attributes differ. */
export function comparisonDiff({ file, onHost, expected }: FileComparison): string[] {
  const hunks = unifiedDiff(onHost ?? '', expected ?? '');
  if (hunks.length === 0) return [];
  return [
    `--- ${onHost === undefined ? '/dev/null' : `${file.host}:${file.path}`}`,
    `+++ inventory:${file.path}`,
    ...hunks,
  ];
}
