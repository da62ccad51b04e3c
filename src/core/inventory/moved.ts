import type { Finding, FindingPlace, TextRange } from '../findings/finding';

/** A finding of one site after the lines above it have grown or shrunk. All of its places are in that site. */
export function movedFinding(finding: Finding, by: number): Finding {
  if (by === 0) return finding;
  const { fix } = finding;
  return {
    ...finding,
    where: movedPlace(finding.where, by),
    related: finding.related.map((one) => ({ ...one, where: movedPlace(one.where, by) })),
    ...(fix && {
      fix: { ...fix, edits: fix.edits.map((edit) => ({ ...edit, range: movedRange(edit.range, by) })) },
    }),
  };
}

function movedPlace(place: FindingPlace, by: number): FindingPlace {
  return place.kind === 'inventory' && place.at !== undefined
    ? { ...place, at: movedRange(place.at, by) }
    : place;
}

function movedRange({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}
