import type { Holding } from './addresses';
import { at } from './format';
import type { Figures, Violation } from './verdict';

/** Longer than this, SNAT that is not where the VIP is counts as a violation; up to it as settling. */
export const SETTLING_LIMIT_MS = 250;

/** One look at a host's NAT rules. */
export interface SnatSample {
  readonly host: string;
  readonly startMs: number;
  readonly endMs: number;
  /** A rule that is reached from POSTROUTING rewrites to the VIP. */
  readonly present: boolean;
}

type Fault = 'missing' | 'leaked';

/** I6: SNAT was missing with the VIP, or there without it, for longer than settling may take. */
export function snatAstray(samples: readonly SnatSample[], held: readonly Holding[]): Violation[] {
  const violations: Violation[] = [];
  for (const host of hostsOf(samples)) {
    let run: { fault: Fault; first: SnatSample; last: SnatSample } | undefined;
    const close = (): void => {
      if (run === undefined) return;
      // Between the first look's end and the last one's begin: at least so long.
      const [fromMs, toMs] = [run.first.endMs, run.last.startMs];
      if (toMs - fromMs > SETTLING_LIMIT_MS) {
        const what = run.fault === 'missing' ? 'holds the VIP and has no SNAT' : 'has SNAT and not the VIP';
        const evidence = [`${host} ${what} for at least ${at(toMs - fromMs)}`];
        violations.push({ invariant: 'I6', hosts: [host], fromMs, toMs, evidence });
      }
      run = undefined;
    };
    for (const sample of samples.filter((one) => one.host === host)) {
      const vip = heldDuring(held, sample);
      if (vip === undefined) continue;
      const fault = vip === sample.present ? undefined : vip ? 'missing' : 'leaked';
      if (run !== undefined && run.fault === fault) run = { ...run, last: sample };
      else {
        close();
        run = fault === undefined ? undefined : { fault, first: sample, last: sample };
      }
    }
    close();
  }
  return violations;
}

/** For each change of the VIP: an upper bound of the time until SNAT agreed with it. */
export function snatSettling(
  samples: readonly SnatSample[],
  held: readonly Holding[],
  endMs: number,
): Figures['snatSettling'] {
  const changes = held.flatMap(({ host, fromMs, toMs, endedByPower }) => [
    { host, atMs: fromMs, wanted: true },
    ...(endedByPower ? [] : [{ host, atMs: toMs, wanted: false }]),
  ]);
  return changes
    .filter((change) => change.atMs < endMs && wasLookedAt(samples, change.host, change.atMs))
    .sort((a, b) => a.atMs - b.atMs)
    .flatMap(({ host, atMs, wanted }) => {
      const settled = samples.find(
        (one) => one.host === host && one.startMs >= atMs && one.present === wanted,
      );
      return settled === undefined ? [] : [{ host, atMs, withinMs: settled.endMs - atMs }];
    });
}

/** Undefined while the VIP came or went during the look itself: it says nothing then. */
function heldDuring(held: readonly Holding[], sample: SnatSample): boolean | undefined {
  for (const one of held) {
    if (one.host !== sample.host) continue;
    if (one.fromMs <= sample.startMs && one.toMs >= sample.endMs) return true;
    if (one.fromMs <= sample.endMs && one.toMs >= sample.startMs) return undefined;
  }
  return false;
}

/** Nothing settles at the first look: what it finds was so before. */
function wasLookedAt(samples: readonly SnatSample[], host: string, beforeMs: number): boolean {
  return samples.some((one) => one.host === host && one.endMs <= beforeMs);
}

function hostsOf(samples: readonly SnatSample[]): string[] {
  return [...new Set(samples.map((sample) => sample.host))];
}
