// The cells of one shard, in the lab that this process is in: one line of JSON a cell on standard output.
import { StepGraph } from '../../../src/core/plan/graph';
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { Referee } from '../referee/referee';
import { allCells, type Cell, cellId, covering, dangerous, type SceneSteps, unwritable } from './cells';
import { stepOfParts } from './fault';
import { soundPair } from './pair';
import { runCell } from './runCell';
import type { Scene } from './scene';
import { SCENES } from './scenes/table';
import type { CellLine, ShardLine, ShardOrder } from './shard';
import { tried } from './tries';

/** Read from a plan, also where the checks still block it: the primary is not dead yet. */
async function stepsOf(lab: Lab, scene: Scene): Promise<SceneSteps> {
  const journals = `/tmp/faults-steps-${process.pid}`;
  const target = await scene.prepare(lab, journals);
  const product = await Product.on(lab, { journals });
  try {
    const { steps } = await product.planOf(scene.order(target));
    if (steps.length === 0) throw new Error(`${scene.id}: its plan has no steps`);
    const graph = new StepGraph(steps);
    const named = steps.map(({ id, phase }) => {
      const behind = scene.closing !== undefined && graph.ancestorsOf(id).has(scene.closing);
      return { id: stepOfParts(id, { target }), unwritable: behind && phase !== 'after' };
    });
    return { scene: scene.id, faults: scene.faults, steps: named };
  } finally {
    await product.close();
  }
}

async function runCellAgain(lab: Lab, scene: Scene, cell: Cell): Promise<CellLine> {
  return { kind: 'result', cell: cellId(cell), ...(await tried(() => runCell(lab, scene, cell))) };
}

function say(line: ShardLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Those first: a whole run that is stopped early has seen the dangerous ones. */
function passes(
  steps: SceneSteps,
  { set }: ShardOrder,
  elsewhere: ReadonlySet<string>,
): readonly (readonly Cell[])[] {
  if (set === 'covering') return [covering(steps, elsewhere)];
  if (set === 'unwritable') return [unwritable(steps, covering(steps, elsewhere))];
  if (set === 'dangerous') return [dangerous(steps, elsewhere)];
  const first = dangerous(steps);
  const taken = new Set(first.map(cellId));
  return [first, allCells(steps).filter((cell) => !taken.has(cellId(cell)))];
}

async function main(order: ShardOrder): Promise<void> {
  const lab = Lab.current();
  await soundPair(lab, `/tmp/faults-steps-${process.pid}`);
  // The referee's accounts come by replication, which a rejoin begins without.
  await (await Referee.watch()).finish();
  const done = new Set(order.done);
  const later: (() => Promise<void>)[] = [];
  const run = async (scene: Scene, cells: readonly Cell[]): Promise<void> => {
    for (const cell of cells) {
      const id = cellId(cell);
      if (cell.turn % order.shards !== order.shard || done.has(id)) continue;
      if (order.only !== '' && !id.includes(order.only)) continue;
      say(await runCellAgain(lab, scene, cell));
    }
  };
  const covered = new Map<string, Set<string>>();
  for (const scene of SCENES) {
    if (order.scenes.length > 0 && !order.scenes.includes(scene.id)) continue;
    const steps = await stepsOf(lab, scene);
    const { operation } = scene.order('cc2');
    const elsewhere = covered.get(operation) ?? new Set<string>();
    const [first = [], rest = []] = passes(steps, order, elsewhere);
    covered.set(operation, new Set([...elsewhere, ...steps.steps.map(({ id }) => id)]));
    say({ kind: 'cells', scene: scene.id, cells: [...first, ...rest].map(cellId) });
    await run(scene, first);
    later.push(() => run(scene, rest));
  }
  for (const work of later) await work();
}

main(JSON.parse(process.argv[2] ?? '') as ShardOrder).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
