import { at } from './format';
import type { Ranges } from './ranges';
import type { Violation } from './verdict';

/** Rows that one writer on one host was told are safe. */
export interface Acknowledged {
  /** `referee writes (ordinary)` or `cmon heartbeats`. */
  readonly what: string;
  readonly host: string;
  readonly ids: Ranges;
  /** When the last of them was acknowledged; undefined when the source doesn't say. */
  readonly lastMs?: number;
}

/** I5: what was acknowledged and isn't on the final writer. `present` finds the ids that are there. */
export function missingRows(
  acknowledged: readonly Acknowledged[],
  present: (of: Acknowledged) => Ranges,
  finalWriter: string,
  endMs: number,
): Violation[] {
  return acknowledged.flatMap((one) => {
    const missing = one.ids.without(present(one));
    if (missing.size === 0) return [];
    const last = one.lastMs === undefined ? '' : `; the last acknowledgement came at ${at(one.lastMs)}`;
    return [
      {
        invariant: 'I5' as const,
        hosts: [one.host],
        fromMs: 0,
        toMs: one.lastMs ?? endMs,
        evidence: [
          `${String(missing.size)} of ${String(one.ids.size)} ${one.what} acknowledged by ${one.host} are not on ${finalWriter}: ${missing.toString()}${last}`,
        ],
      },
    ];
  });
}
