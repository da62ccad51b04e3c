const UNITS: readonly (readonly [limitSeconds: number, seconds: number, unit: string])[] = [
  [60, 1, 's'],
  [3600, 60, 'min'],
  [48 * 3600, 3600, 'h'],
  [Number.POSITIVE_INFINITY, 24 * 3600, 'd'],
];

/** How long ago, short enough for a tree row: `40 s`, `3 min`, `5 h`, `12 d`. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  const [, size, unit] = UNITS.find(([limit]) => seconds < limit) ?? [0, 1, 's'];
  return `${Math.floor(seconds / size)} ${unit}`;
}
