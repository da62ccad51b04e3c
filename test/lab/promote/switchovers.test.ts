import assert from 'node:assert/strict';
import { Lab } from '../lab';
import { Referee } from '../referee/referee';
import { verdictText } from '../referee/judge/text';
import type { ControllerName } from '../site';
import { Product, runText } from './product';

describe('planned promotion on hardened hosts', () => {
  const lab = Lab.current();

  it('goes there and back ten times under the referee: nothing lost, never two of anything', async function () {
    this.timeout(300_000);
    const product = await Product.on(lab);
    const referee = await Referee.watch();
    const targets: ControllerName[] = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'cc2' : 'cc1'));
    for (const target of targets) {
      await referee.permit(target);
      const run = await product.promote(target);
      assert.equal(run.end, 'done', runText(run));
    }
    const verdict = await referee.finish('cc1');
    await product.close();
    assert.equal(verdict.clean, true, verdictText(verdict));
  });
});
