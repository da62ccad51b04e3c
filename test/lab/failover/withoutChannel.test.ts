import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { sql } from '../documented/mysql';
import { helperStatus } from '../hardened/look';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { isPrimary } from '../promote/roles';
import { Referee } from '../referee/referee';
import { reasons, whyNot } from '../rejoin/looks';
import { type ControllerName, peerOf } from '../site';
import { waitFor } from '../wait';
import {
  asBefore,
  checkOf,
  fails,
  hasAll,
  off,
  onlyLost,
  readyFailover,
  rejoins,
  returnsAsStandby,
} from './stage';

/** What is left when the second controller dies before the first one was prepared as its secondary. */
describe('failover to a controller that follows nobody', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  let primary: ControllerName = 'cc1';

  before(async () => {
    product = await Product.on(lab);
    primary = await asBefore(lab, product);
    // Its accounts come by replication, which is not there when it is to watch.
    await (await Referee.watch()).finish();
  });
  after(() => product.close());
  afterEach(async () => {
    primary = await asBefore(lab, product);
  });

  /** Aborted as soon as its record says primary: before it is open, but behind everything that an undo has to put back. */
  async function undone(target: ControllerName): Promise<void> {
    let aborted: Promise<void> | undefined;
    const watched = await Product.on(lab, {
      onJournal: (type, step) => {
        if (type === 'step-done' && step === 'role-new') aborted ??= watched.abort();
        return Promise.resolve();
      },
    });
    try {
      const plan = await readyFailover(watched, target, off(peerOf(target)));
      const run = await watched.start(plan, reasons(plan));
      await aborted;
      assert.equal(run.end, 'undone', runText(run));
    } finally {
      await watched.close();
    }
  }

  const there = async (host: ControllerName, mark: string): Promise<boolean> =>
    (await lab.console(host, `[ -e /var/lib/clustercontrol-ha/${mark} ]`)).code === 0;

  it('an old primary that came back, and whose successor dies: its data is offered for a typed sentence, and opened', async () => {
    const old = primary;
    const successor = peerOf(old);
    await lab.powerOff(old, 'hard');
    await fails(product, successor, off(old));
    await lab.powerOn(old);
    await returnsAsStandby(lab, old);
    const had = (await sql(lab, old, "SELECT REPLACE(@@GLOBAL.gtid_executed, CHAR(10), '')")).trim();

    const referee = await Referee.watch();
    await lab.powerOff(successor, 'hard');
    await undone(old);
    const { role } = await helperStatus(lab, old);
    assert.deepEqual([role?.role, role?.primary], ['standby', successor]);
    assert.equal(await there(old, 'returned'), true, 'it may have files that nobody else has, as before');
    const plan = await readyFailover(product, old, off(successor));
    const bound = checkOf(plan, 'loss-bound');
    assert.equal(bound.phrase, `without the data of ${successor}`);
    assert.match(bound.evidence.join('\n'), new RegExp(`everything that ${successor} acknowledged since`));
    const inPassing = { ...reasons(plan), 'loss-bound': 'yes' };
    assert.deepEqual(planReadiness(plan, inPassing).unacknowledged, ['loss-bound'], whyNot(plan));
    await referee.permit(old);
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    await hasAll(lab, old, had);
    assert.equal(await isPrimary(lab, old), true);

    // Its successor has what it took alone: it comes back closed, and is given up by words, or not.
    await lab.powerOn(successor);
    await returnsAsStandby(lab, successor);
    onlyLost(await referee.finish(old), successor);
    await rejoins(lab, product, successor);
  });

  it('a primary whose epoch nobody else has, and whose MySQL was restarted, is opened again by it', async () => {
    const old = primary;
    const target = peerOf(old);
    await lab.powerOff('prom', 'hard');
    await lab.powerOff(old, 'hard');
    await fails(product, target, off(old));
    await lab.mustConsole(target, 'systemctl restart mysql');
    await lab.powerOn('prom');
    const isClosed = async (): Promise<boolean> =>
      (await sql(lab, target, 'SELECT @@GLOBAL.super_read_only').catch(() => '')).trim() === '1';
    await waitFor('MySQL to come up closed', 60_000, isClosed);
    assert.equal((await helperStatus(lab, 'prom')).witness?.primary, old, 'nobody has told the witness');
    // It has the virtual IP and cmon still: the emergency stop comes first.
    const close = await product.planOf({ operation: 'close', target, mode: 'planned' });
    assert.ok(planReadiness(close, reasons(close)).ready, whyNot(close));
    assert.equal((await product.start(close, reasons(close))).end, 'done');
    await undone(target);
    const { role } = await helperStatus(lab, target);
    assert.deepEqual([role?.role, role?.primary], ['primary', target], 'the dead one lacks what it took');
    assert.equal(await there(target, 'hold'), true, 'closed by hand, as before');
    assert.notEqual((await helperStatus(lab, 'prom')).witness?.primary, old);
    const run = await fails(product, target, off(old));
    assert.equal(run.end, 'done', runText(run));
    const { witness } = await helperStatus(lab, 'prom');
    assert.equal(witness?.primary, target, 'the witness names it');
    await lab.powerOn(old);
    await returnsAsStandby(lab, old);
  });
});
