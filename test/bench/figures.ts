import type { Outages } from './inside/outages';
import type { InventoryFigures } from './inventory';
import type { DocumentedFigures, HardenedFigures } from './inside/main';

/** Of several runs. Unrounded; milliseconds or bytes, as its row says. */
export interface Spread {
  readonly median: number;
  readonly worst: number;
  readonly best: number;
  readonly runs: number;
}

export interface Comparison {
  readonly ours: Spread;
  readonly floor: Spread;
  /** Absent where the documents have no way to compare. */
  readonly documented?: Spread;
  /** Of the medians: how much longer ours takes than the fastest possible. */
  readonly ratioToFloor: number;
  /** Of the medians: how much longer the documented way takes than ours. */
  readonly ratioToDocumented?: number;
  /** One line: how it was measured. */
  readonly method: string;
  readonly goal: string;
}

export interface Amount {
  readonly value: number;
  readonly unit: 'ms' | 'bytes';
  readonly method: string;
  readonly goal: string;
}

/** The one document that `npm run bench -- --json` prints. */
export interface BenchDocument {
  readonly version: 1;
  readonly machine: { readonly cores: number; readonly loadBefore: number; readonly loadAfter: number };
  readonly observation: Comparison;
  readonly writeOutage: Comparison;
  readonly vipGap: Comparison;
  readonly managementOutage: Comparison;
  /** From fenced and observed again to the first write through cmon. */
  readonly emergency: Comparison;
  /** `floor`: one observation. */
  readonly preflight: Comparison;
  readonly activation: Amount;
  readonly bundle: Amount;
  readonly vsix: Amount;
  readonly inventory: InventoryFigures;
}

/** In the order of the table. */
export const COMPARED = [
  'observation',
  'preflight',
  'writeOutage',
  'vipGap',
  'managementOutage',
  'emergency',
] as const;
export type ComparedName = (typeof COMPARED)[number];

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  if (best === undefined || worst === undefined) throw new Error('nothing was measured');
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? best) + (sorted[Math.floor(middle)] ?? best)) / 2;
  return { median, worst, best, runs: sorted.length };
}

function comparison(
  values: {
    readonly ours: readonly number[];
    readonly floor: readonly number[];
    readonly documented?: readonly number[];
  },
  method: string,
  goal: string,
): Comparison {
  const [ours, floor] = [spread(values.ours), spread(values.floor)];
  const compared = { ours, floor, ratioToFloor: ours.median / floor.median, method, goal };
  if (values.documented === undefined) return compared;
  const documented = spread(values.documented);
  return { ...compared, documented, ratioToDocumented: documented.median / ours.median };
}

const METHODS = {
  observation:
    'three hosts side by side; ours: one exec and one SQL session over kept connections; floor: the same probe at the hosts’ consoles; documented: its commands by ssh over a kept master connection',
  writeOutage:
    'last acknowledged INSERT on the old primary to the first on the new one; a writer every 5 ms where cmon runs',
  vipGap: 'the kernel’s address events: gone here, there on the other host (below 0: both for so long)',
  managementOutage:
    'longest time without a good ping through the VIP, every 5 ms, worse port of 9500 and 9501',
  emergency:
    'a primary without power: from the last look that found it dead, fenced, to the first row that cmon’s own log says was acknowledged',
  preflight:
    'the local part of a preflight (one observation, what each host is asked about itself side by side, all checks); floor: one observation',
} as const;

export function outageComparisons(
  hardened: HardenedFigures,
  documented: DocumentedFigures,
): Pick<BenchDocument, ComparedName> {
  const compare = (key: 'writeOutage' | 'vipGap' | 'managementOutage', goal: string): Comparison => {
    const of = (outages: readonly Outages[]): number[] => outages.map((one) => one[key]);
    return comparison(
      { ours: of(hardened.ours), floor: of(hardened.floor), documented: of(documented.documented) },
      METHODS[key],
      goal,
    );
  };
  const { emergency, observation } = hardened;
  const looks = { ours: observation.preflight, floor: observation.ours };
  const long = 'at most 1.5 × floor, documented at least 20 × longer';
  return {
    observation: comparison(observation, METHODS.observation, 'documented longer, near the floor'),
    writeOutage: compare('writeOutage', long),
    vipGap: compare('vipGap', 'at most 50 ms'),
    managementOutage: compare('managementOutage', long),
    emergency: comparison(emergency, METHODS.emergency, 'at most 1.3 × floor'),
    preflight: comparison(looks, METHODS.preflight, 'at most 2 × one observation'),
  };
}
