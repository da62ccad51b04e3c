import assert from 'node:assert/strict';
import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { asBefore, checkOf } from '../failover/stage';
import { isClosed } from '../hardened/look';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { reasons } from '../rejoin/looks';
import { type ControllerName, peerOf } from '../site';

const HOLD = '/var/lib/clustercontrol-ha/hold';

describe('a closed host is reopened', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  let primary: ControllerName = 'cc1';

  before(async () => {
    product = await Product.on(lab);
    primary = await asBefore(lab, product);
  });
  after(() => product.close());
  afterEach(async () => {
    await lab.heal();
    await lab.mustConsole(primary, `rm -f ${HOLD}`);
    await asBefore(lab, product);
  });

  const planOf = (operation: 'close' | 'reopen', target: ControllerName): Promise<Plan> =>
    product.planOf({ operation, target, mode: 'planned' });

  async function done(plan: Plan): Promise<void> {
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
  }

  it('but not while somebody else works on the other controller, also where only the host itself can ask that', async () => {
    const other = peerOf(primary);
    await done(await planOf('close', primary));
    const token =
      Number((await lab.mustConsole(other, 'cut -d " " -f 1 /var/lib/clustercontrol-ha/lease')).trim()) + 1;
    const lease = (call: string): Promise<string> =>
      lab.mustConsole(other, `clustercontrol-ha lease ${call} --token ${token}`);
    await lease('take --plan dc1-failover-elsewhere --operator ben@desk --ttl 300');

    const both = await planOf('reopen', primary);
    assert.deepEqual(planReadiness(both, {}).blocking, ['other-free']);
    assert.match(checkOf(both, 'other-free').evidence.join(), /ben@desk/);
    assert.equal((await product.start(both, reasons(both))).end, 'refused');

    await lab.partition('operator', other);
    const alone = await planOf('reopen', primary);
    assert.deepEqual(alone.leaseHosts, [primary]);
    const run = await product.start(alone, reasons(alone));
    assert.equal(run.end, 'undone', runText(run));
    assert.match(runText(run), new RegExp(`an operation holds a lease on ${other}`));
    assert.equal((await lab.console(primary, `[ -e ${HOLD} ]`)).code, 0, 'the hold is there again');
    assert.equal(await isClosed(lab, primary), true);

    await lab.heal();
    await lease('release');
    await done(await planOf('reopen', primary));
    await waitForRoles(lab, primary);
  });
});
