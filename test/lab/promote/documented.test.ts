import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { Lab } from '../lab';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import type { ControllerName } from '../site';
import { waitFor } from '../wait';
import { Product, runText } from './product';
import { waitForRoles } from './roles';

describe('planned promotion on hosts of the documented configuration', () => {
  const lab = Lab.current();
  let product: Product;

  before(async () => {
    product = await Product.on(lab);
  });
  after(() => product.close());

  it('names what is unsafe before anything is run', async () => {
    const { findings } = await product.sites.observe(product.site);
    const codes = findings.map(({ code }) => code);
    assert.ok(codes.length > 0, 'no finding at all');
    const plan = await product.plan('cc2');
    assert.ok(plan.bringHelper);
    assert.match(plan.summary.join(' '), /documented configuration/);
  });

  it('moves the VIP and everything else there and back, under the referee', async function () {
    this.timeout(300_000);
    const referee = await Referee.watch();
    for (const target of ['cc2', 'cc1', 'cc2', 'cc1'] as ControllerName[]) {
      await referee.permit(target);
      const run = await product.promote(target);
      assert.equal(run.end, 'done', runText(run));
      await waitForRoles(lab, target);
    }
    const verdict = await referee.finish('cc1');
    assert.equal(verdict.clean, true, verdictText(verdict));
  });

  it('names the state that a reboot of the old primary leads to, and its next step', async function () {
    this.timeout(180_000);
    const run = await product.promote('cc2');
    assert.equal(run.end, 'done', runText(run));
    await waitForRoles(lab, 'cc2');
    await lab.reboot('cc1', 'hard');
    await waitFor('MySQL of cc1', 60_000, async () => {
      return (await lab.console('cc1', 'mysql -N', { input: 'SELECT 1' })).code === 0;
    });
    // The documented way sets read-only for the running server only: it is lost, as its manual says.
    const writable = await lab.mustConsole('cc1', 'mysql -N', { input: 'SELECT @@GLOBAL.super_read_only' });
    assert.equal(writable.trim(), '0');
    const { findings } = await product.sites.observe(product.site);
    const named = findings.find(({ code }) => code === 'standby-writable' || code === 'dual-writer');
    assert.ok(named, `named: ${findings.map(({ code }) => code).join(', ')}`);
    assert.match(named.remedy, /super_read_only/);
    const plan = await product.plan('cc1');
    assert.equal(planReadiness(plan, {}).ready, false, 'no promotion from such a state');
    // The next step, taken, leads out of it.
    await lab.mustConsole('cc1', 'mysql', { input: 'SET GLOBAL super_read_only = ON' });
    const after = await product.sites.observe(product.site);
    assert.ok(!after.findings.some(({ code }) => code === named.code), 'the next step led out of it');
  });
});
