import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asBefore } from '../failover/stage';
import { Promoter } from '../faults/promoter';
import { guardLog, isClosed } from '../hardened/look';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { reasons } from '../rejoin/looks';
import { type ControllerName, peerOf } from '../site';
import { waitFor } from '../wait';

const HOLD = '/var/lib/clustercontrol-ha/hold';

describe('a host that was closed by hand', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  let primary: ControllerName = 'cc1';

  before(async () => {
    product = await Product.on(lab);
    primary = await asBefore(lab, product);
  });
  after(async () => {
    await lab.mustConsole(primary, `rm -f ${HOLD}`);
    await asBefore(lab, product);
    await product.close();
  });

  async function does(operation: 'close' | 'reopen'): Promise<void> {
    const plan = await product.planOf({ operation, target: primary, mode: 'planned' });
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
  }

  it('stays so over a failover to the other one that dies half-way and is undone', async () => {
    const target = peerOf(primary);
    await does('close');
    const journals = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-runs-'));
    const promoter = await Promoter.start({
      ...{ operation: 'failover', target, mode: 'half-way', journals },
      ...{ acknowledged: {}, acknowledgesAll: true, attested: {}, holdAt: 'role-new' },
    });
    const second = await Product.on(lab, { journals });
    try {
      if (!(await promoter.atStep)) assert.fail(JSON.stringify(await promoter.ended));
      promoter.signal('SIGKILL');
      await promoter.ended;
      const [left] = await second.operations.unfinished();
      assert.ok(left);
      const run = await second.resume(left.runId, 'undo');
      assert.equal(run.end, 'undone', runText(run));
    } finally {
      promoter.signal('SIGKILL');
      await promoter.ended;
      await second.close();
      await rm(journals, { recursive: true, force: true });
    }
    assert.equal((await lab.console(primary, `[ -e ${HOLD} ]`)).code, 0, 'the hold is there again');
    // A guard that has not said it yet.
    const since = (await lab.mustConsole(primary, 'date +%s')).trim();
    await lab.mustConsole(primary, 'systemctl restart clustercontrol-ha-guard');
    await waitFor('its guard to keep it closed by hand', 60_000, async () =>
      (await guardLog(lab, primary, `--since @${since}`)).includes('it was closed by hand'),
    );
    assert.equal(await isClosed(lab, primary), true);
    await does('reopen');
    await waitForRoles(lab, primary);
  });
});
