import { OperatorError } from '../../../src/core/errors';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import type { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { isPrimary } from '../promote/roles';
import { waitFor } from '../wait';
import type { Place } from './fault';
import type { FinalEnd } from './scene';

export interface Intent {
  /** What the operator chooses where both are offered. */
  readonly intent: 'undo' | 'finish';
}

/** A guard opens what has died meanwhile 10 s after the end of a run's lease: an operator who is told so looks again then. */
const GUARD_MS = 20_000;

/** Whose cable is plugged in again answers within this. */
const ANSWERS_MS = 20_000;

/** Takes the product's own next step until the run has one of the ends that need none. */
export async function finalEnd(
  product: Product,
  { lab, target }: Place,
  { intent }: Intent,
): Promise<FinalEnd> {
  let run = await newest(product);
  for (let step = 0; step < 4; step += 1) {
    if (step > 0 && run.end === 'unfinished' && run.pastPointOfNoReturn)
      await waitFor('its guard', GUARD_MS, () => isPrimary(lab, target)).catch(() => undefined);
    if (run.end === 'done' || run.end === 'undone' || run.end === 'refused') return run.end;
    if (run.end !== undefined && run.next === '') throw new Error(`names no next step: ${runText(run)}`);
    const way = run.pastPointOfNoReturn ? 'finish' : run.end === 'undo-owed' ? 'undo' : intent;
    run = await resumed(product, run.runId, way);
  }
  throw new Error(`four next steps did not lead out: ${runText(run)}`);
}

/** A host that does not answer yet: the product says so, and to try again. */
async function resumed(product: Product, runId: string, way: 'undo' | 'finish'): Promise<RunSnapshot> {
  const tried = (): Promise<RunSnapshot | undefined> =>
    product.resume(runId, way, true).catch((error: unknown) => {
      if (error instanceof OperatorError && error.code === 'host-unreachable') return undefined;
      throw error;
    });
  return waitFor('hosts that answer a resume', ANSWERS_MS, tried, 1_000);
}

async function newest(product: Product): Promise<RunSnapshot> {
  const runs = await product.operations.runs();
  const last = runs.at(-1);
  if (last === undefined) throw new Error('the run left no journal');
  return last;
}

/** After a case that failed: what it left is brought to an end, so that the next one is judged by itself. */
export async function endAll(lab: Lab, journals: string): Promise<void> {
  const product = await Product.on(lab, { journals });
  try {
    for (const run of await product.operations.unfinished()) {
      await product.resume(run.runId, run.pastPointOfNoReturn ? 'finish' : 'undo', true);
    }
  } finally {
    await product.close();
  }
}
