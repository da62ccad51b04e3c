import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { Lab } from '../lab';
import { whyNot } from '../rejoin/looks';
import { Product, runText } from './product';
import { waitFor } from '../wait';
import { waitForRoles } from './roles';
import { eachFires, noneFires, type Trouble, withoutGuards } from './trouble';
import { CLONE_UNDER_WAY, PRIMARY_AT_WORK, STANDBY_AT_REST } from './troubles';

describe('a planned promotion of which much is broken at once', () => {
  const lab = Lab.current();
  let product: Product;

  before(async () => {
    product = await Product.on(lab);
  });
  after(() => product.close());
  beforeEach(() => waitForRoles(lab, 'cc1'));

  const plan = () => product.plan('cc2');

  async function firesAndPasses(troubles: readonly Trouble[]): Promise<void> {
    await withoutGuards(lab, ['cc1', 'cc2'], () => eachFires(lab, troubles, plan));
    await waitForRoles(lab, 'cc1');
    await noneFires(troubles, plan);
  }

  it('the standby is at rest and in disorder: each check says so, none hides another', async function () {
    this.timeout(240_000);
    await firesAndPasses(STANDBY_AT_REST);
  });

  it('the primary is busy and the standby behind: the same', async function () {
    this.timeout(240_000);
    await firesAndPasses(PRIMARY_AT_WORK);
  });

  it('a CLONE is under way', async function () {
    this.timeout(180_000);
    await firesAndPasses([CLONE_UNDER_WAY]);
  });

  it('the tree says that the files are stale, and no longer once lsyncd has brought them', async function () {
    this.timeout(120_000);
    const stale = async () =>
      (await product.sites.observe(product.site)).findings.filter(({ code }) => code === 'files-stale');
    const [direction, fresh] = ['lsyncd-direction', 'files-fresh'].map((id) =>
      PRIMARY_AT_WORK.find(({ check }) => check === id),
    );
    assert.ok(direction && fresh);
    try {
      await lab.mustConsole('cc1', `${direction.make}; ${fresh.make}`);
      const [found] = await stale();
      assert.match(found?.message ?? '', /cc2 lacks files that cc1 changed at/);
    } finally {
      await lab.mustConsole('cc1', direction.mend);
    }
    await waitFor('the file on cc2', 60_000, async () => (await stale()).length === 0);
    await lab.mustConsole('cc1', fresh.mend);
    await lab.mustConsole('cc2', fresh.mend);
  });

  it('the inventory says another profile than the hosts', async () => {
    const other = await Product.on(lab, { inventoryFile: await lab.inventoryFile('documented') });
    try {
      const made = await other.plan('cc2');
      assert.ok(planReadiness(made, {}).blocking.includes('profile-mismatch'), whyNot(made));
      const run = await other.start(made);
      assert.equal(run.end, 'refused', runText(run));
    } finally {
      await other.close();
    }
  });
});
