import type { Lab } from '../../lab/lab';
import { waitForRoles } from '../../lab/promote/roles';
import { Stopwatch } from '../../lab/referee/referee';
import { peerOf, type ControllerName } from '../../lab/site';

/** Milliseconds without an answer, in one promotion. */
export interface Outages {
  readonly writeOutage: number;
  readonly vipGap: number;
  readonly managementOutage: number;
  /** The stopwatch's own worst pace: no figure is finer. */
  readonly worstTickMs: number;
}

/** Longer than any outage's tail: the stopwatch must have seen the first answers of the new primary. */
const AFTERWARDS_MS = 300;

/** One promotion under the stopwatch. @throws Error when something that should have been seen was not. */
export async function measureOutages(promote: () => Promise<void>): Promise<Outages> {
  const stopwatch = await Stopwatch.start();
  try {
    await promote();
  } finally {
    await new Promise((resolve) => setTimeout(resolve, AFTERWARDS_MS));
  }
  const { writeOutage, vipGap, managementOutage, worstTickMs } = await stopwatch.finish();
  const pauses = Object.values(managementOutage).map((pause) => pause?.durationMs);
  if (writeOutage === undefined || vipGap === undefined || pauses.includes(undefined)) {
    throw new Error('the stopwatch saw no handover: was the promotion carried out?');
  }
  return {
    writeOutage: writeOutage.durationMs,
    vipGap: vipGap.durationMs,
    managementOutage: Math.max(...pauses.map((ms) => ms ?? 0)),
    worstTickMs,
  };
}

/** Makes what can be made before the switch begins (a plan), and gives the switch itself. */
export type Switch = (target: ControllerName) => Promise<() => Promise<void>>;

/**
 * Switches there and back, a pair by each way in turn. The first pair of each is a warm-up that is not counted.
 * `settle` brings the site to rest before each.
 */
export async function measureSwitches<Way extends string>(
  lab: Lab,
  runs: number,
  ways: Readonly<Record<Way, Switch>>,
  settle: (primary: ControllerName) => Promise<void> = (primary) => waitForRoles(lab, primary),
): Promise<Record<Way, Outages[]>> {
  const names = Object.keys(ways) as Way[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as Outages[]])) as Record<Way, Outages[]>;
  let primary = await primaryOf(lab);
  for (let run = -2; run < runs; run += 2) {
    for (const name of names) {
      for (let half = run; half < Math.min(run + 2, Math.max(runs, 0)); half++) {
        const target = peerOf(primary);
        await settle(primary);
        const promote = await ways[name](target);
        const outages = await measureOutages(promote);
        process.stderr.write(
          `bench: ${name} ${half < 0 ? '(warm-up) ' : ''}to ${target}: ${outages.writeOutage.toFixed(0)} ms\n`,
        );
        if (half >= 0) measured[name].push(outages);
        primary = target;
      }
    }
  }
  await settle(primary);
  return measured;
}

export async function primaryOf(lab: Lab): Promise<ControllerName> {
  const outcome = await lab.console('cc1', 'pgrep -x cmon >/dev/null');
  return outcome.code === 0 ? 'cc1' : 'cc2';
}
