import assert from 'node:assert/strict';
import { Lab } from '../lab';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import type { ControllerName } from '../site';
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
});
