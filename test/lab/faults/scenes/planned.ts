import { Product, runText } from '../../promote/product';
import { isPrimary, waitForRoles } from '../../promote/roles';
import type { Lab } from '../../lab';
import { readyPlan } from '../ready';
import type { Scene } from '../scene';

/** A guard opens again 10 s after the end of a lease at the earliest, and a lease of a dead run lives 30 s. */
const ROLES_TIMEOUT_MS = 120_000;

const ORDER = { operation: 'promote', mode: 'planned', acknowledged: {}, attested: {} } as const;

/** cc1 is the primary, whatever it was. */
export async function primaryIsCc1(lab: Lab, journals: string): Promise<void> {
  if (await isPrimary(lab, 'cc2')) {
    const product = await Product.on(lab, { journals });
    try {
      const run = await product.start(await readyPlan(product, { ...ORDER, target: 'cc1' }));
      if (run.end !== 'done') throw new Error(runText(run));
    } finally {
      await product.close();
    }
  }
  await waitForRoles(lab, 'cc1', ROLES_TIMEOUT_MS);
}

/** "Promote Standby": both controllers live. */
export const planned: Scene = {
  id: 'planned',
  profile: 'hardened',
  order: { ...ORDER, target: 'cc2' },
  prepare: primaryIsCc1,
  primaryAfter: (end) => (end === 'done' ? 'cc2' : 'cc1'),
  settled: (lab, end) => waitForRoles(lab, end === 'done' ? 'cc2' : 'cc1', ROLES_TIMEOUT_MS),
};
