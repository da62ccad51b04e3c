import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asBefore, off, onlyLost, readyFailover, rejoins, returnsAsStandby } from '../failover/stage';
import { Promoter } from '../faults/promoter';
import type { PromoterOrder } from '../faults/promoterMessages';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { isPrimary, waitForRoles } from '../promote/roles';
import { Referee } from '../referee/referee';
import { verdictText } from '../referee/judge/text';
import { isHealthyStandby, reasons } from '../rejoin/looks';
import { type ControllerName, peerOf } from '../site';
import { waitFor } from '../wait';

/** A lease of 20 s has to end, then the guard waits for ten. */
const GUARD_OPENS_MS = 90_000;

/** Every step before it is done: two of three have the new epoch on disk. Then the operator's machine is gone for a minute. */
describe('the guard has opened the new primary before the run could', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let journals: string;
  let product: Product;
  let primary: ControllerName;

  before(async () => {
    journals = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-runs-'));
    product = await Product.on(lab, { journals });
  });
  after(async () => {
    await product.close();
    await rm(journals, { recursive: true, force: true });
  });
  beforeEach(async () => {
    primary = await asBefore(lab, product);
    await waitForRoles(lab, primary, 90_000);
  });

  /** Returns the run's id. */
  async function diesBeforeOpening(
    order: Pick<PromoterOrder, 'operation' | 'mode' | 'acknowledged' | 'attested'> & {
      readonly target: ControllerName;
    },
    holdAt: string,
  ): Promise<string> {
    const promoter = await Promoter.start({ ...order, holdAt, journals });
    if (!(await promoter.atStep)) assert.fail(`it never came to ${holdAt}: ${(await promoter.ended).text}`);
    const named = `read -r _ role _ </var/lib/clustercontrol-ha/role && [ "$role" = primary ]`;
    await waitFor(
      `${order.target} to be primary on its disk`,
      10_000,
      async () => (await lab.console(order.target, named)).code === 0,
    );
    promoter.signal('SIGKILL');
    await promoter.ended;
    const run = (await product.operations.runs()).at(-1);
    assert.ok(run?.end === undefined && run !== undefined);
    await waitFor(`the guard of ${order.target} to open it`, GUARD_OPENS_MS, () =>
      isPrimary(lab, order.target),
    );
    return run.runId;
  }

  /** The undo is refused and takes nothing from the new primary; finishing leads out. */
  async function leadsOutForward(runId: string, target: ControllerName): Promise<string> {
    const undo = await product.resume(runId, 'undo', true);
    assert.equal(undo.end, 'unfinished', runText(undo));
    assert.match(undo.summary, /point of no return is passed/);
    assert.ok(await isPrimary(lab, target), 'it is the primary as before');
    const finish = await product.resume(runId, 'finish', true);
    assert.equal(finish.end, 'done', runText(finish));
    return finish.notes.join('\n');
  }

  for (const [holdAt, note] of [
    ['open', /^$/],
    ['files-last-pass', /opened by its own guard.*Bring the files over, last pass/],
  ] as const) {
    it(`promotion, at ${holdAt}: an undo takes nothing from its users, and finishing leads out`, async () => {
      const target = peerOf(primary);
      const referee = await Referee.watch();
      await referee.permit(target);
      const order = { operation: 'promote', target, mode: 'planned', attested: {} };
      const runId = await diesBeforeOpening({ ...order, acknowledged: {} }, holdAt);
      assert.match(await leadsOutForward(runId, target), note);
      await waitForRoles(lab, target, 90_000);
      const verdict = await referee.finish(target);
      assert.equal(verdict.clean, true, verdictText(verdict));
      await isHealthyStandby(lab, product, primary);
    });
  }

  it('failover: the same', async () => {
    const target = peerOf(primary);
    const referee = await Referee.watch();
    await lab.powerOff(primary, 'hard');
    await referee.permit(target);
    const { attested = {} } = off(primary);
    const plan = await readyFailover(product, target, off(primary));
    const order = { operation: 'failover', target, mode: 'emergency', attested };
    const runId = await diesBeforeOpening({ ...order, acknowledged: reasons(plan) }, 'open');
    await leadsOutForward(runId, target);
    await lab.powerOn(primary);
    await returnsAsStandby(lab, primary);
    onlyLost(await referee.finish(target), primary);
    await rejoins(lab, product, primary);
  });
});
