import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { Product } from '../promote/product';
import { waitFor } from '../wait';
import type { PromoterOrder } from './promoterMessages';

/**
 * A plan that nothing blocks. What the last case left has to end first: a lease of a host that was away, a stream that is
 * not heard yet. @throws with what blocks when that does not end.
 */
export async function readyPlan(
  product: Product,
  order: Pick<PromoterOrder, 'operation' | 'target' | 'mode' | 'acknowledged' | 'attested'>,
): Promise<Plan> {
  let blocked = '';
  try {
    return await waitFor(`a ${order.operation} plan that nothing blocks`, 60_000, async () => {
      const plan = await product.planOf(order);
      const readiness = planReadiness(plan, order.acknowledged);
      blocked = plan.checks
        .filter(({ outcome }) => outcome !== 'passed')
        .map(({ id, level, evidence }) => `${level} ${id}: ${evidence.join('; ')}`)
        .join('\n');
      return readiness.ready ? plan : undefined;
    });
  } catch (error) {
    throw new Error(`${String(error)}\n${blocked}`, { cause: error });
  }
}
