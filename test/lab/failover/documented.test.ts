import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { isPrimary } from '../promote/roles';
import { reasons } from '../rejoin/looks';
import { blockedBy, hasAll, off, readyFailover, received } from './stage';

describe('failover on documented hosts', function () {
  this.timeout(300_000);
  const lab = Lab.current();

  it('needs a power-off and a promise; the state that stays is named', async () => {
    const product = await Product.on(lab);
    await lab.powerOff('cc1', 'hard');
    const had = await received(lab, 'cc2');
    const words = { attested: { isolated: 'cc1 is cut off from everybody' } };
    assert.ok(
      (await blockedBy(product, 'cc2', words)).includes('fence'),
      'nothing closes such a host by itself',
    );
    const plan = await readyFailover(product, 'cc2', off('cc1'));
    const { unacknowledged } = planReadiness(plan, {});
    assert.ok(unacknowledged.includes('old-primary-unfenced'), unacknowledged.join());
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    await hasAll(lab, 'cc2', had);
    assert.equal(await isPrimary(lab, 'cc2'), true);
    const { findings } = await product.sites.observe(product.site);
    assert.ok(findings.some(({ code }) => code === 'old-primary-unfenced'));
    await product.close();
  });
});
