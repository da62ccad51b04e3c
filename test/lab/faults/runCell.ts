import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import type { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import type { Cell } from './cells';
import { mendEverything } from './faultsOfTheHosts';
import { Promoter } from './promoter';
import type { Scene } from './scene';

/** Whether the cell held; where it did not, all that is needed to see why. */
export interface CellResult {
  readonly held: boolean;
  /** How the run that was struck ended, and how the site did. */
  readonly ends: string;
  readonly why: string;
  readonly seconds: number;
}

type FinalEnd = 'done' | 'undone' | 'refused';

/** A run that ends at all ends in this time: the longest lease, all tries of a step, and undo's patience. */
const RUN_LIMIT_MS = 240_000;

/** Strikes once, mends, takes the product's own next step, and has the referee's verdict. */
export async function runCell(lab: Lab, scene: Scene, cell: Cell, turn: number): Promise<CellResult> {
  const begunMs = performance.now();
  const journals = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-faults-'));
  const seconds = (): number => Math.round((performance.now() - begunMs) / 100) / 10;
  try {
    await scene.prepare(lab, journals);
    const ends = await struck(lab, scene, cell, { journals, intent: turn % 2 === 0 ? 'undo' : 'finish' });
    return { held: true, ends, why: '', seconds: seconds() };
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await mendEverything(lab).catch(() => undefined);
    await recover(lab, scene, journals).catch(() => undefined);
    return { held: false, ends: '', why, seconds: seconds() };
  } finally {
    await rm(journals, { recursive: true, force: true });
  }
}

interface Course {
  readonly journals: string;
  /** What the operator chooses where both are offered. */
  readonly intent: 'undo' | 'finish';
}

async function struck(lab: Lab, scene: Scene, cell: Cell, course: Course): Promise<string> {
  const referee = await Referee.watch();
  let judged = false;
  try {
    await scene.begin?.(lab, referee);
    const promoter = Promoter.start({ ...scene.order, journals: course.journals, holdAt: cell.step });
    const product = await Product.on(lab, { journals: course.journals });
    try {
      const takeOver = async (): Promise<void> => {
        await finalEnd(product, { ...course, intent: 'undo' });
      };
      const stage = { lab, promoter, target: scene.order.target, takeOver };
      if (!(await promoter.atStep)) throw new Error(`it never came to this step: ${await endOf(promoter)}`);
      await cell.fault.strike(stage);
      promoter.go();
      await cell.fault.meanwhile?.(stage);
      const first = await endOf(promoter);
      await cell.fault.mend(lab);
      const end = await finalEnd(product, course);
      await scene.settled(lab, end, product);
      const verdict = await referee.finish(scene.primaryAfter(end));
      judged = true;
      if (!verdict.clean) throw new Error(`${first} -> ${end}\n${verdictText(verdict)}`);
      return `${first} -> ${end}`;
    } finally {
      promoter.signal('SIGKILL');
      await product.close();
    }
  } finally {
    if (!judged) await referee.finish().catch(() => undefined);
  }
}

async function endOf(promoter: Promoter): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the run has no end after ${RUN_LIMIT_MS / 1000} s`)),
      RUN_LIMIT_MS,
    );
  });
  const { end, text } = await Promise.race([promoter.ended, tooLong]).finally(() => clearTimeout(timer));
  if (end === 'failed') throw new Error(text);
  return end;
}

/** Takes the product's own next step until the run has one of the ends that need none. */
async function finalEnd(product: Product, { intent }: Course): Promise<FinalEnd> {
  let run = await newest(product);
  for (let step = 0; step < 4; step += 1) {
    if (run.end === 'done' || run.end === 'undone' || run.end === 'refused') return run.end;
    if (run.end !== undefined && run.next === '') throw new Error(`names no next step: ${runText(run)}`);
    const way = run.pastPointOfNoReturn ? 'finish' : run.end === 'undo-owed' ? 'undo' : intent;
    run = await product.resume(run.runId, way, true);
  }
  throw new Error(`four next steps did not lead out: ${runText(run)}`);
}

async function newest(product: Product): Promise<RunSnapshot> {
  const runs = await product.operations.runs();
  const last = runs.at(-1);
  if (last === undefined) throw new Error('the run left no journal');
  return last;
}

/** After a case that failed: what it left is brought to an end, so that the next one is judged by itself. */
async function recover(lab: Lab, scene: Scene, journals: string): Promise<void> {
  const product = await Product.on(lab, { journals });
  try {
    for (const run of await product.operations.unfinished()) {
      await product.resume(run.runId, run.pastPointOfNoReturn ? 'finish' : 'undo', true);
    }
  } finally {
    await product.close();
  }
  await scene.prepare(lab, journals);
}
