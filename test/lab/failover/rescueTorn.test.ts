import assert from 'node:assert/strict';
import { Lab } from '../lab';
import { Product } from '../promote/product';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { leftOfRescue, tornRescue, tracesOfRescue } from '../rejoin/tornRelayLogs';
import { type ControllerName, peerOf } from '../site';
import { asBefore, fails, hasAll, mysqlStarts, rejoins, writesAlone } from './stage';

/** The target lost its power during an earlier half-way failover, or soon behind it. */
describe('failover, half-way: what a power cut has left of an earlier rescue', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  let primary: ControllerName = 'cc1';

  before(async () => {
    product = await Product.on(lab);
  });
  after(() => product.close());
  beforeEach(async () => {
    primary = await asBefore(lab, product);
  });

  async function rescues(): Promise<void> {
    const target = peerOf(primary);
    const referee = await Referee.watch();
    const only = await writesAlone(lab, primary);
    await referee.permit(target);
    await fails(product, target, { mode: 'half-way' });
    await hasAll(lab, target, only.executed);
    assert.equal(await tracesOfRescue(lab, target), '');
    await mysqlStarts(lab, primary);
    const verdict = await referee.finish(target);
    assert.equal(verdict.violations.length, 0, verdictText(verdict));
    await rejoins(lab, product, primary);
  }

  it('files without a channel', async () => {
    await leftOfRescue(lab, peerOf(primary));
    await rescues();
  });

  it('a channel whose index can not be read', async () => {
    await tornRescue(lab, peerOf(primary));
    await rescues();
  });
});
