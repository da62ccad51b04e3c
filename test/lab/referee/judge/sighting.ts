import type { Interval } from './verdict';

/**
 * A state that was seen again and again without being seen to end.
 *
 * Each observation has a beginning and an end; the state held at some moment between the two, nobody
 * knows when. So what is certain lies between the END of the first observation and the BEGIN of the last.
 * Being late (a starved referee) makes that time shorter, never longer: it can't invent an overlap.
 */
export interface Sighting {
  readonly firstStartMs: number;
  readonly firstEndMs: number;
  readonly lastStartMs: number;
  readonly lastEndMs: number;
  readonly count: number;
}

export function sighted(startMs: number, endMs: number): Sighting {
  return { firstStartMs: startMs, firstEndMs: endMs, lastStartMs: startMs, lastEndMs: endMs, count: 1 };
}

export function sightedAgain<S extends Sighting>(sighting: S, startMs: number, endMs: number): S {
  return { ...sighting, lastStartMs: startMs, lastEndMs: endMs, count: sighting.count + 1 };
}

/**
 * The time for which both states are proven to have held at once, or undefined.
 * Two lone observations never prove anything: each moment could have come before the other.
 */
export function provenOverlap(a: Sighting, b: Sighting): Interval | undefined {
  if (a.count > 1 && b.count > 1) {
    const fromMs = Math.max(a.firstEndMs, b.firstEndMs);
    const toMs = Math.min(a.lastStartMs, b.lastStartMs);
    if (fromMs <= toMs) return { fromMs, toMs };
  }
  // One whole observation between two of the other: the sandwich.
  return sandwich(a, b) ?? sandwich(b, a);
}

function sandwich(bread: Sighting, filling: Sighting): Interval | undefined {
  if (bread.count < 2) return undefined;
  const inside = (startMs: number, endMs: number): Interval | undefined =>
    startMs >= bread.firstEndMs && endMs <= bread.lastStartMs ? { fromMs: startMs, toMs: endMs } : undefined;
  return inside(filling.firstStartMs, filling.firstEndMs) ?? inside(filling.lastStartMs, filling.lastEndMs);
}
