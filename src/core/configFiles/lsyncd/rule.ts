import type { Occurrence, Rule } from '../../findings/rule';
import type { LsyncdDocument, Sync } from './document';

export type LsyncdRule = Rule<LsyncdDocument>;

/** A loop makes several syncs of one text: what is said of the text is said once. */
export function once(occurrences: readonly Occurrence[]): Occurrence[] {
  const seen = new Set<string>();
  return occurrences.filter(({ where, message }) => {
    const key = `${where.kind === 'file' ? where.at.start : ''} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Those that copy with rsync as lsyncd calls it itself. */
export function usesRsync({ layer }: Sync): boolean {
  return layer !== undefined && /^default\.(rsync|rsyncssh|direct)$/.test(layer);
}
