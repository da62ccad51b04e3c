import assert from 'node:assert/strict';
import { Lab } from '../lab';
import { Referee } from '../referee/referee';
import { verdictText } from '../referee/judge/text';
import { CONTROLLERS, type ControllerName } from '../site';
import { Product, runText } from './product';
import { waitForRoles } from './roles';

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

  it('leaves nothing behind: no mask, no announcement, no lease, no connection', async () => {
    await waitForRoles(lab, 'cc1');
    for (const host of CONTROLLERS) {
      const left = await lab.mustConsole(
        host,
        `systemctl list-unit-files --state=masked-runtime --no-legend | grep -E 'cmon|kuber' || true
         cat /var/lib/clustercontrol-ha/pending 2>/dev/null || true
         clustercontrol-ha status | grep -o '"state":"held"' || true
         pgrep -fa rsync-connection || true`,
      );
      assert.equal(left.trim(), '', host);
    }
  });

  it('keeps every role over a reboot of the standby, of the primary, and of both', async function () {
    this.timeout(240_000);
    await lab.reboot('cc2');
    await waitForRoles(lab, 'cc1');
    await lab.reboot('cc1');
    await waitForRoles(lab, 'cc1');
    await Promise.all([lab.powerOff('cc1', 'hard'), lab.powerOff('cc2', 'hard')]);
    await Promise.all([lab.powerOn('cc1'), lab.powerOn('cc2')]);
    await waitForRoles(lab, 'cc1');
  });
});
