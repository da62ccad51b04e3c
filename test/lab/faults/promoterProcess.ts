// One run of the product in a process of its own, which can be killed, stopped or cut off at an exact step.
import type { Plan, Step } from '../../../src/core/plan/plan';
import type { HostCommand } from '../../../src/core/ports';
import type { RunPolicy } from '../../../src/core/run/deps';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { carries, confusable, prefixed, whileSending } from '../promote/sending';
import type { FromPromoter, PromoterOrder, ToPromoter } from './promoterMessages';
import { readyPlan } from './ready';

/**
 * As the product's own, but less patient: a cell that cuts somebody off for good waits for half a lease, and for an undo
 * that can't reach its host. A shorter lease is harder on the product, not easier.
 */
const POLICY: Partial<RunPolicy> = { leaseTtlMs: 20_000, renewEveryMs: 2_000, undoPatienceMs: 3_000 };

function say(message: FromPromoter): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

let release: () => void = () => undefined;
const released = new Promise<void>((resolve) => (release = resolve));

let abort: () => Promise<void> = () => Promise.resolve();

/** @throws where another step of its host could be held in its place. */
function onlyOne({ steps }: Plan, id: string): Step | undefined {
  const step = steps.find((one) => one.id === id);
  if (step === undefined) return undefined;
  const like = steps.filter(({ host, act }) => host === step.host && confusable(step.act, act));
  if (like.length > 1) throw new Error(`${like.map((one) => one.id).join(' and ')} send one script`);
  return step;
}

async function run(order: PromoterOrder): Promise<void> {
  let held = false;
  let step: Step | undefined;
  const hold = async (command: HostCommand, host: string): Promise<HostCommand | undefined> => {
    if (held || host !== step?.host || !carries(command, step.act)) return undefined;
    held = true;
    await say({ kind: 'at' });
    await released;
    return order.firstLine === undefined ? undefined : prefixed(command, step.act, order.firstLine);
  };
  whileSending(
    order.holdBehind === true
      ? { behind: async (command, host) => void (await hold(command, host)) }
      : { before: hold },
  );
  const product = await Product.on(Lab.current(), {
    journals: order.journals,
    policy: POLICY,
    ...(order.inventoryFile === undefined ? {} : { inventoryFile: order.inventoryFile }),
  });
  abort = () => product.abort();
  const begin = async (): Promise<RunSnapshot> => {
    const { plan, acknowledged } = await readyPlan(product, order);
    step = onlyOne(plan, order.holdAt);
    return product.start(plan, acknowledged);
  };
  let last = await begin();
  // A guard may still have been bringing its record up to date: such a plan is rightly refused.
  for (let tries = 1; last.end === 'refused' && !held && tries < 5; tries += 1) last = await begin();
  await say({ kind: 'end', end: String(last.end), text: runText(last) });
  await product.close();
}

function ends(order: PromoterOrder): void {
  run(order).then(
    () => process.exit(0),
    (error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      void say({ kind: 'failed', message }).then(() => process.exit(1));
    },
  );
}

process.on('message', (message: ToPromoter) => {
  if (message.kind === 'order') ends(message.order);
  else if (message.kind === 'go') release();
  // Behind the point of no return it is refused, rightly.
  else abort().catch(() => undefined);
});
// Nobody is there any more who could give it an order.
process.once('disconnect', () => process.exit(2));
