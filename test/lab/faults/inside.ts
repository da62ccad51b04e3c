// The cells of one shard, in the lab that this process is in: one line of JSON a cell on standard output.
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { allCells, type Cell, cellId, chosenForCi, type SceneSteps } from './cells';
import { runCell } from './runCell';
import type { Scene } from './scene';
import { SCENES } from './scenes/table';
import type { CellLine, ShardLine, ShardOrder } from './shard';

/** Read from a plan, also where the checks still block it: the primary is not dead yet. */
async function stepsOf(lab: Lab, scene: Scene): Promise<SceneSteps> {
  const journals = `/tmp/faults-steps-${process.pid}`;
  const target = await scene.prepare(lab, journals);
  const product = await Product.on(lab, { journals });
  try {
    const { steps } = await product.planOf(scene.order(target));
    if (steps.length === 0) throw new Error(`${scene.id}: its plan has no steps`);
    return { scene: scene.id, faults: scene.faults, steps };
  } finally {
    await product.close();
  }
}

/** What did not hold, and was no broken invariant, is tried once more; both are told. */
async function runTwice(lab: Lab, scene: Scene, cell: Cell): Promise<CellLine> {
  const line = { kind: 'result', cell: cellId(cell) } as const;
  const first = await runCell(lab, scene, cell);
  if (first.held || first.violated) return { ...line, ...first, firstWhy: '' };
  return { ...line, ...(await runCell(lab, scene, cell)), firstWhy: first.why };
}

function say(line: ShardLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function main(order: ShardOrder): Promise<void> {
  const lab = Lab.current();
  const done = new Set(order.done);
  for (const scene of SCENES) {
    if (order.scenes.length > 0 && !order.scenes.includes(scene.id)) continue;
    const steps = await stepsOf(lab, scene);
    const cells = order.set === 'all' ? allCells(steps) : chosenForCi(steps, scene.inCi);
    say({ kind: 'cells', scene: scene.id, cells: cells.map(cellId) });
    for (const cell of cells) {
      const id = cellId(cell);
      if (cell.turn % order.shards !== order.shard || done.has(id)) continue;
      if (order.only !== '' && !id.includes(order.only)) continue;
      say(await runTwice(lab, scene, cell));
    }
  }
}

main(JSON.parse(process.argv[2] ?? '') as ShardOrder).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
