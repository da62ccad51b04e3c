import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { isPrimary, waitForRoles } from '../promote/roles';
import { reasons } from '../rejoin/looks';
import { type ControllerName, peerOf } from '../site';
import { waitFor } from '../wait';
import { asBefore, checkOf, cutOff, guardAsks, planFailover, readyFailover } from './stage';

const GUARD = 'clustercontrol-ha-guard';
/** Longer than a guard's silence may be behind the last word of replication, with room for that word's own age. */
const AWAY_MS = 20_000;

describe('failover: "cut off", where the guard of the old primary was dead before', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  let primary: ControllerName = 'cc1';

  before(async () => {
    product = await Product.on(lab);
    primary = await asBefore(lab, product);
  });
  after(() => product.close());
  afterEach(async () => {
    await lab.heal();
    await lab.mustConsole(primary, `systemctl unmask --runtime --quiet ${GUARD}; systemctl start ${GUARD}`);
    primary = await asBefore(lab, product);
  });

  async function isolate(): Promise<void> {
    for (const other of [peerOf(primary), 'prom', 'operator'] as const) await lab.partition(primary, other);
  }

  it('is refused, and counts again once that guard is back at work', async () => {
    const target = peerOf(primary);
    await lab.mustConsole(primary, `systemctl mask --runtime --quiet ${GUARD}; systemctl stop ${GUARD}`);
    const stopped = performance.now();
    await waitFor('its last question to be old', AWAY_MS * 2, () => performance.now() - stopped > AWAY_MS);
    await isolate();
    let plan = await planFailover(product, target, cutOff(primary));
    await waitFor('silence everywhere', 30_000, async () => {
      plan = await planFailover(product, target, cutOff(primary));
      const { blocking } = planReadiness(plan, reasons(plan));
      return !blocking.some((id) => id === 'alive' || id === 'still-receiving');
    });
    assert.deepEqual(planReadiness(plan, reasons(plan)).blocking, ['fence'], 'nobody closes that host');
    const said = checkOf(plan, 'fence');
    assert.match(said.evidence.join('\n'), new RegExp(`the guard of ${primary} .* before`));
    assert.match(said.remedy, /powered-off/);
    assert.equal(
      await isPrimary(lab, primary),
      true,
      'it goes on writing, alone: the second writer that would be',
    );

    await lab.heal();
    await lab.mustConsole(primary, `systemctl unmask --runtime --quiet ${GUARD}; systemctl start ${GUARD}`);
    await waitForRoles(lab, primary);
    await guardAsks(lab, primary);
    await isolate();
    await readyFailover(product, target, cutOff(primary));
  });
});
