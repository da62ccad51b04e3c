import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { sql, waitForMysql } from '../documented/mysql';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { UNITS } from '../site';
import { checkOf, planRejoin, reasons, whyNot } from './looks';
import { breakApplier } from './situations';

describe('prepare as secondary, on hosts of the documented configuration', function () {
  this.timeout(240_000);
  const lab = Lab.current();
  let product: Product;

  before(async () => {
    await waitForRoles(lab, 'cc1');
    product = await Product.on(lab);
  });
  after(() => product.close());

  async function rejoined(host: 'cc1' | 'cc2', mode: string): Promise<void> {
    const plan = await planRejoin(product, host);
    assert.equal(plan.mode, mode, checkOf(plan, 'way').evidence.join('\n'));
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    await waitForRoles(lab, host === 'cc1' ? 'cc2' : 'cc1');
  }

  it('a broken applier: the helper is brought along, and the copy comes back closed', async () => {
    await breakApplier(lab, 'cc2');
    await rejoined('cc2', 'clone');
  });

  it('an old primary that a reboot opened is refused until it is closed, and stays closed afterwards', async () => {
    const run = await product.promote('cc2');
    assert.equal(run.end, 'done', runText(run));
    await waitForRoles(lab, 'cc2');
    await lab.reboot('cc1', 'hard');
    await waitForMysql(lab, 'cc1');
    const open = await planRejoin(product, 'cc1');
    assert.ok(planReadiness(open, {}).blocking.includes('closed'), whyNot(open));
    assert.match(checkOf(open, 'closed').remedy, /SET GLOBAL super_read_only = ON/);
    // The remedy, as it is written.
    await sql(lab, 'cc1', 'SET GLOBAL super_read_only = ON');
    await lab.mustConsole('cc1', `systemctl stop ${UNITS.join(' ')} lsyncd keepalived`);
    await rejoined('cc1', 'follow');
    await lab.reboot('cc1', 'hard');
    await waitForMysql(lab, 'cc1');
    const closed = await sql(lab, 'cc1', 'SELECT @@GLOBAL.super_read_only');
    assert.equal(closed.trim(), '1', 'what was persisted holds over a reboot');
  });

  it('is promoted there and back afterwards', async () => {
    // Such a host may have lost the end of its relay log with the power, and its companions of cmon start with it.
    await rejoined('cc1', 'follow');
    for (const target of ['cc1', 'cc2'] as const) {
      const run = await product.promote(target);
      assert.equal(run.end, 'done', runText(run));
      await waitForRoles(lab, target);
    }
  });
});
