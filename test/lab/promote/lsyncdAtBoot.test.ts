import assert from 'node:assert/strict';
import { Lab } from '../lab';
import { Product, runText } from './product';
import { waitForRoles } from './roles';

const ENABLED = 'systemctl is-enabled lsyncd';

describe('documented hosts: a promotion that is undone', function () {
  this.timeout(300_000);
  const lab = Lab.current();
  before(async () => {
    await waitForRoles(lab, 'cc1');
    await lab.mustConsole('cc1', 'systemctl enable --quiet lsyncd');
  });
  after(() => lab.mustConsole('cc1', 'systemctl disable --quiet lsyncd'));

  it('leaves lsyncd enabled where it was, and running', async () => {
    let meanwhile: number | undefined;
    const product = await Product.on(lab, {
      onJournal: async (type, step) => {
        if (meanwhile !== undefined || type !== 'step-done' || step !== 'file-sync-stop') return;
        meanwhile = (await lab.console('cc1', ENABLED)).code;
        // It writes into the journal, too.
        void product.abort();
      },
    });
    const run = await product.promote('cc2');
    await product.close();
    assert.equal(run.end, 'undone', runText(run));
    assert.notEqual(meanwhile, 0, 'it was disabled');
    assert.equal((await lab.mustConsole('cc1', ENABLED)).trim(), 'enabled');
    assert.equal((await lab.console('cc1', 'pgrep -x lsyncd')).code, 0);
    const left = await lab.console('cc1', 'test -e /var/lib/clustercontrol-ha/lsyncd-disabled');
    assert.notEqual(left.code, 0, 'the mark is gone');
  });
});
