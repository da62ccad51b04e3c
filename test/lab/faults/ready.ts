import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { Product } from '../promote/product';
import { reasons, whyNot } from '../rejoin/looks';
import { waitFor } from '../wait';
import type { PromoterOrder } from './promoterMessages';

/** A plan asks every host for everything, which takes a core for seconds: labs side by side wait for each other's plans. */
const LOOK_EVERY_MS = 2_000;

/** A wait of this length is worth a word of what it is for. */
const LATE_MS = 30_000;

export interface ReadyPlan {
  readonly plan: Plan;
  readonly acknowledged: Readonly<Record<string, string>>;
}

export type ReadyOrder = Pick<
  PromoterOrder,
  'operation' | 'target' | 'mode' | 'acknowledged' | 'acknowledgesAll' | 'attested'
>;

/**
 * A plan that nothing blocks. What the last case left has to end first: a lease of a host that was away, a stream that is
 * not heard yet. @throws with what blocks when that does not end.
 */
export async function readyPlan(product: Product, order: ReadyOrder): Promise<ReadyPlan> {
  let blocked = '';
  const late = setTimeout(() => process.stderr.write(`waits for ${order.operation}: ${blocked}\n`), LATE_MS);
  try {
    const what = `a ${order.operation} plan that nothing blocks`;
    const look = async (): Promise<ReadyPlan | undefined> => {
      const plan = await product.planOf(order);
      const acknowledged =
        order.acknowledgesAll === true ? reasons(plan) : { recent: 'a rehearsal', ...order.acknowledged };
      blocked = whyNot(plan);
      return planReadiness(plan, acknowledged).ready ? { plan, acknowledged } : undefined;
    };
    return await waitFor(what, 60_000, look, LOOK_EVERY_MS);
  } catch (error) {
    throw new Error(`${String(error)}\n${blocked}`, { cause: error });
  } finally {
    clearTimeout(late);
  }
}
