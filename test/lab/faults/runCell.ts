import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { Product } from '../promote/product';
import { Referee } from '../referee/referee';
import { type Cell, cellId } from './cells';
import { type Place, stepOfHosts } from './fault';
import { mendEverything } from './faultsOfTheHosts';
import { Blind, mustHold, mustNotBeBroken, Violated } from './judgement';
import { endAll, finalEnd, type Intent } from './nextSteps';
import { Phases } from './phases';
import { Promoter } from './promoter';
import type { FinalEnd, Scene } from './scene';
import type { CellLine } from './shard';

export interface CellResult extends Omit<CellLine, 'kind' | 'cell' | 'earlier'> {
  /** Nothing but the referee's blindness kept it from holding. */
  readonly blind: boolean;
}

/** An operator who watches a step hang aborts; where that is no longer possible, he closes the window and resumes. */
const ABORTS_AFTER_MS = 30_000;
const GIVES_UP_AFTER_MS = 20_000;
/** Then it has an end in any case. */
const RUN_LIMIT_MS = 240_000;

/**
 * Labs share the machine, and a third of what they need of it went into the referee's own writes: less often than elsewhere,
 * and still above the forty a second that it demands.
 */
const ATTEMPT_EVERY_MS = 21;

/** Strikes once, mends, takes the product's own next step, and has the referee's verdict. */
export async function runCell(lab: Lab, scene: Scene, cell: Cell): Promise<CellResult> {
  const journals = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-faults-'));
  const phases = new Phases();
  const told = (): { seconds: number; phases: string } => ({
    seconds: phases.seconds(),
    phases: phases.text(),
  });
  let place: Place | undefined;
  try {
    place = { lab, target: await scene.prepare(lab, journals) };
    phases.ended('prepared');
    const ends = await struck(place, scene, cell, { journals, intent: cell.intent, phases });
    return { held: true, violated: false, blind: false, ends, why: '', ...told() };
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // A record is committed: nothing in it of the machine that made it.
    const why = said.replaceAll(`${REPOSITORY}${path.sep}`, '');
    await mendEverything(lab).catch(() => undefined);
    if (place !== undefined) await scene.mend?.(place).catch(() => undefined);
    await endAll(lab, journals).catch(() => undefined);
    return {
      held: false,
      violated: error instanceof Violated,
      blind: error instanceof Blind,
      ends: '',
      why,
      ...told(),
    };
  } finally {
    const kept = process.env.FAULTS_JOURNALS;
    if (kept) await cp(journals, path.join(kept, cellId(cell)), { recursive: true });
    await rm(journals, { recursive: true, force: true });
  }
}

interface Course extends Intent {
  readonly journals: string;
  readonly phases: Phases;
}

async function struck(place: Place, scene: Scene, cell: Cell, course: Course): Promise<string> {
  const referee = await Referee.watch({ attemptEveryMs: ATTEMPT_EVERY_MS });
  let judged = false;
  try {
    const promised = await scene.begin?.(place, referee);
    const around = scene.around ?? ((_place, _referee, work: () => Promise<string>) => work());
    const product = await Product.on(place.lab, { journals: course.journals });
    try {
      let end: FinalEnd = 'done';
      const ends = await around(place, referee, async () => {
        const { first, told } = await strike(place, scene, cell, course, product);
        await scene.mend?.(place);
        end = await finalEnd(product, place, course);
        course.phases.ended('led out');
        const also = await scene.settled({ ...place, end, product, referee, fault: cell.fault });
        if (end === 'done') await promised?.();
        course.phases.ended('settled');
        return `${first} -> ${end}${also}${told}`;
      });
      const verdict = await referee.finish(scene.primaryAfter(end, place.target));
      judged = true;
      course.phases.ended('judged');
      mustHold(verdict, scene, cell.fault, place, ends);
      return ends;
    } finally {
      await product.close();
    }
  } catch (error) {
    // What was seen until then counts, whatever else went wrong: it would not be tried again.
    if (!judged) mustNotBeBroken(await referee.finish().catch(() => undefined), scene, place, error);
    throw error;
  }
}

interface Struck {
  /** How its run ended. */
  readonly first: string;
  /** What the report tells of the fault itself. */
  readonly told: string;
}

/** From the promoter's start to its end, and the world mended. */
async function strike(
  place: Place,
  scene: Scene,
  cell: Cell,
  course: Course,
  product: Product,
): Promise<Struck> {
  const { phases, journals } = course;
  const { fault } = cell;
  const promoter = await Promoter.start({
    ...scene.order(place.target),
    journals,
    holdAt: stepOfHosts(cell.step, place),
    ...(fault.behind === undefined ? {} : { holdBehind: fault.behind }),
    ...(fault.firstLine === undefined ? {} : { firstLine: fault.firstLine }),
  });
  try {
    const takeOver = async (): Promise<void> => {
      await finalEnd(product, place, { ...course, intent: 'undo' });
    };
    const stage = { ...place, promoter, takeOver };
    if (!(await promoter.atStep)) throw new Error(`it never came to this step: ${await endOf(promoter)}`);
    phases.ended('at the step');
    Promoter.prepareSpare();
    const told = await fault.strike(stage);
    promoter.go();
    await fault.meanwhile?.(stage);
    const first = await impatiently(promoter);
    phases.ended('ended');
    await fault.proven?.(place);
    await fault.mend(place);
    phases.ended('mended');
    return { first, told: told === undefined ? '' : `, ${told}` };
  } finally {
    promoter.signal('SIGKILL');
  }
}

async function impatiently(promoter: Promoter): Promise<string> {
  const timers = [
    setTimeout(() => promoter.abort(), ABORTS_AFTER_MS),
    setTimeout(() => promoter.signal('SIGKILL'), ABORTS_AFTER_MS + GIVES_UP_AFTER_MS),
  ];
  try {
    return await endOf(promoter);
  } finally {
    for (const timer of timers) clearTimeout(timer);
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
