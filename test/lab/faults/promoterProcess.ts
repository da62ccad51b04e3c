// One run of the product in a process of its own, which can be killed, stopped or cut off at an exact step.
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import type { FromPromoter, PromoterOrder, ToPromoter } from './promoterMessages';
import { readyPlan } from './ready';

/** Undo waits for a host that is away no longer than a test can. */
const UNDO_PATIENCE_MS = 3_000;

function say(message: FromPromoter): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

async function main(order: PromoterOrder): Promise<void> {
  let held = false;
  const released = new Promise<void>((resolve) => {
    process.on('message', (message: ToPromoter) => {
      if (message.kind === 'go') resolve();
    });
  });
  const product = await Product.on(Lab.current(), {
    journals: order.journals,
    policy: { undoPatienceMs: UNDO_PATIENCE_MS },
    onJournal: async (type, step) => {
      if (held || type !== 'step-started' || step !== order.holdAt) return;
      held = true;
      await say({ kind: 'at' });
      await released;
    },
  });
  let run = await product.start(await readyPlan(product, order), order.acknowledged);
  // A guard may still have been bringing its record up to date: such a plan is rightly refused.
  for (let tries = 1; run.end === 'refused' && !held && tries < 5; tries += 1) {
    run = await product.start(await readyPlan(product, order), order.acknowledged);
  }
  await say({ kind: 'end', end: String(run.end), text: runText(run) });
  await product.close();
}

main(JSON.parse(process.argv[2] ?? '') as PromoterOrder).then(
  () => process.exit(0),
  (error: unknown) => {
    void say({
      kind: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }).then(() => process.exit(1));
  },
);
