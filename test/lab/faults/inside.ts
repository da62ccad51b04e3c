// The cells of one shard, in the lab that this process is in: one line of JSON a cell on standard output.
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { allCells, type Cell, cellId, covering, type SceneSteps } from './cells';
import { readyPlan } from './ready';
import { runCell } from './runCell';
import type { Scene } from './scene';
import { SCENES } from './scenes/table';
import type { ShardOrder, ShardLine } from './shard';

async function stepsOf(lab: Lab, scene: Scene): Promise<SceneSteps> {
  const product = await Product.on(lab);
  try {
    const { steps } = await readyPlan(product, scene.order);
    return { scene: scene.id, steps };
  } finally {
    await product.close();
  }
}

function chosen(cells: readonly Cell[], order: ShardOrder): Cell[] {
  if (order.set === 'all') return [...cells];
  const wanted = new Set([...covering(cells, 1), ...cells.filter(({ outage }) => outage)]);
  return cells.filter((cell) => wanted.has(cell));
}

function say(line: ShardLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function main(order: ShardOrder): Promise<void> {
  const lab = Lab.current();
  const done = new Set(order.done);
  for (const scene of SCENES) {
    if (order.scenes.length > 0 && !order.scenes.includes(scene.id)) continue;
    const journals = `/tmp/faults-steps-${process.pid}`;
    await scene.prepare(lab, journals);
    const cells = chosen(allCells([await stepsOf(lab, scene)]), order);
    say({ kind: 'cells', scene: scene.id, cells: cells.map(cellId) });
    for (const [index, cell] of cells.entries()) {
      const id = cellId(cell);
      if (index % order.shards !== order.shard || done.has(id)) continue;
      if (order.only !== '' && !id.includes(order.only)) continue;
      say({ kind: 'result', cell: id, ...(await runCell(lab, scene, cell, index)) });
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
