import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { Lab } from '../lab';
import type { Product } from '../promote/product';
import { reasons, whyNot } from '../rejoin/looks';
import { CONTROLLERS } from '../site';
import { waitFor } from '../wait';
import type { PromoterOrder } from './promoterMessages';

/** A plan asks every host for everything: without a pause that alone takes a core. */
const LOOK_EVERY_MS = 500;

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
 * A standby that lost its power has lost what lsyncd had just brought, and lsyncd does not know. The check `files-fresh` does,
 * and names the remedy.
 */
async function bringFilesOver(): Promise<void> {
  const lab = Lab.current();
  for (const host of CONTROLLERS) await lab.console(host, 'systemctl try-restart lsyncd');
}

/**
 * A plan that nothing blocks. What the last case left has to end first: a lease of a host that was away, a stream that is
 * not heard yet. @throws with what blocks when that does not end.
 */
export async function readyPlan(product: Product, order: ReadyOrder): Promise<ReadyPlan> {
  let blocked = '';
  let broughtOver = false;
  const late = setTimeout(() => process.stderr.write(`waits for ${order.operation}: ${blocked}\n`), LATE_MS);
  try {
    const what = `a ${order.operation} plan that nothing blocks`;
    const look = async (): Promise<ReadyPlan | undefined> => {
      const plan = await product.planOf(order);
      const acknowledged =
        order.acknowledgesAll === true ? reasons(plan) : { recent: 'a rehearsal', ...order.acknowledged };
      blocked = whyNot(plan);
      const { ready, unacknowledged } = planReadiness(plan, acknowledged);
      if (ready) return { plan, acknowledged };
      if (!broughtOver && unacknowledged.includes('files-fresh')) {
        broughtOver = true;
        await bringFilesOver();
      }
      return undefined;
    };
    return await waitFor(what, 60_000, look, LOOK_EVERY_MS);
  } catch (error) {
    throw new Error(`${String(error)}\n${blocked}`, { cause: error });
  } finally {
    clearTimeout(late);
  }
}
