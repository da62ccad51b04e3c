import assert from 'node:assert/strict';
import { helperStatus, untilClosed } from '../hardened/look';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { reasons } from '../rejoin/looks';
import { type ControllerName, CONTROLLERS, peerOf } from '../site';
import { waitFor } from '../wait';
import { asBefore, cutOff, guardAsks, off, readyFailover } from './stage';

/** What makes `role write` fail, and nothing else, where no record is laid ready: it is renamed from this name. */
const NO_RECORD = '/var/lib/clustercontrol-ha/role.new';
const LAID_READY = '/var/lib/clustercontrol-ha/role.next';

/**
 * The witness has the epoch of the undo. The standby would learn it there, but does not reach it: all three name the old primary,
 * by two numbers.
 */
describe('failover, undone while the old primary is away: it is the primary again by itself', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  let primary: ControllerName = 'cc1';
  let epoch = 0;

  before(async () => {
    product = await Product.on(lab);
  });
  after(() => product.close());
  beforeEach(async () => {
    primary = await asBefore(lab, product);
    // The standby of an earlier case may still have to learn the epoch.
    await waitFor('one epoch on both', 20_000, async () => {
      const [one, other] = await Promise.all(CONTROLLERS.map((host) => helperStatus(lab, host)));
      epoch = one?.role?.epoch ?? 0;
      return epoch > 0 && epoch === other?.role?.epoch;
    });
    await guardAsks(lab, primary);
    await lab.partition(peerOf(primary), 'prom');
  });
  afterEach(() => lab.console(peerOf(primary), `rmdir ${NO_RECORD}`));

  async function onlyTheWitnessKnows(): Promise<void> {
    const [witness, standby] = await Promise.all([
      helperStatus(lab, 'prom'),
      helperStatus(lab, peerOf(primary)),
    ]);
    assert.deepEqual(witness.witness, { epoch: epoch + 2, primary });
    assert.deepEqual(standby.role, { epoch, role: 'standby', primary });
  }

  it('aborted in the wait for its self-fencing; the network comes back afterwards', async () => {
    const referee = await Referee.watch();
    const others = [peerOf(primary), 'prom', 'operator'] as const;
    for (const other of others) await lab.partition(primary, other);
    let waits = false;
    const watched = await Product.on(lab, {
      onJournal: (type, step) => {
        waits ||= type === 'step-started' && step?.startsWith('self-fenced-') === true;
        return Promise.resolve();
      },
    });
    const plan = await readyFailover(watched, peerOf(primary), cutOff(primary));
    const running = watched.start(plan, reasons(plan));
    await waitFor('the wait to begin', 30_000, () => waits);
    await untilClosed(lab, primary, 30_000);
    await watched.abort();
    const run = await running;
    await watched.close();
    assert.equal(run.end, 'undone', runText(run));
    // Who aborts because the network is back does not wait for what was to come.
    for (const place of [peerOf(primary), 'prom']) {
      const wait = run.steps.find(({ id }) => id === `self-fenced-${place}`);
      assert.match(wait?.reason ?? '', /its end was not waited for/, runText(run));
    }
    await onlyTheWitnessKnows();
    for (const other of others) await lab.heal(primary, other);
    await waitForRoles(lab, primary, 90_000);
    assert.equal((await helperStatus(lab, primary)).role?.epoch, epoch + 2);
    const verdict = await referee.finish(primary);
    assert.deepEqual(verdict.violations, [], verdictText(verdict));
  });

  it('switched off, and the record of the new one could not be written; it gets power afterwards', async () => {
    const referee = await Referee.watch();
    await lab.mustConsole(peerOf(primary), `mkdir ${NO_RECORD}`);
    await lab.powerOff(primary, 'hard');
    const announced = `epoch-pending-${peerOf(primary)}`;
    const watched = await Product.on(lab, {
      onJournal: async (type, step) => {
        if (type === 'step-done' && step === announced)
          await lab.mustConsole(peerOf(primary), `rm ${LAID_READY}`);
      },
    });
    const plan = await readyFailover(watched, peerOf(primary), off(primary));
    const run = await watched.start(plan, reasons(plan));
    await watched.close();
    assert.equal(run.end, 'undone', runText(run));
    await lab.mustConsole(peerOf(primary), `rmdir ${NO_RECORD}`);
    await onlyTheWitnessKnows();
    await lab.powerOn(primary);
    await waitForRoles(lab, primary, 90_000);
    assert.equal((await helperStatus(lab, primary)).role?.epoch, epoch + 2);
    const verdict = await referee.finish(primary);
    assert.deepEqual(verdict.violations, [], verdictText(verdict));
  });
});
