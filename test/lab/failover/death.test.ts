import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { sql } from '../documented/mysql';
import { Lab } from '../lab';
import { Product, runText } from '../promote/product';
import { waitForRoles } from '../promote/roles';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { reasons, whyNot } from '../rejoin/looks';
import { type ControllerName, peerOf } from '../site';
import { waitFor } from '../wait';
import {
  asBefore,
  blockedBy,
  checkOf,
  cutOff,
  hasAll,
  lostAsSaid,
  off,
  onlyLost,
  planFailover,
  readyFailover,
  received,
  rejoins,
  returnsAsStandby,
  saidLostAfter,
} from './stage';

describe('failover from a dead primary', function () {
  this.timeout(400_000);
  const lab = Lab.current();
  let product: Product;
  /** Roles move in this suite. */
  let primary: ControllerName = 'cc1';

  before(async () => {
    product = await Product.on(lab);
    primary = await asBefore(lab, product);
  });
  after(() => product.close());
  afterEach(async () => {
    primary = await asBefore(lab, product);
  });

  it('is refused while the primary lives, and the planned promotion is offered', async () => {
    const target = peerOf(primary);
    const blocking = await blockedBy(product, target, off(primary));
    assert.ok(blocking.includes('alive'), blocking.join());
    assert.ok(blocking.includes('still-receiving'), blocking.join());
    const plan = await planFailover(product, target, off(primary));
    const seen = checkOf(plan, 'alive').evidence.join('\n');
    for (const from of ['this machine', target, 'prom']) assert.match(seen, new RegExp(`seen from ${from}`));
    assert.match(checkOf(plan, 'alive').remedy, /plan promote/);
    await waitForRoles(lab, primary);
  });

  it('power cut: refused without a proof, then done; the old primary comes back as a standby and is rejoined', async () => {
    const target = peerOf(primary);
    const referee = await Referee.watch();
    // What is acknowledged from here on is nowhere else.
    await lab.partition(primary, target);
    const alone = performance.now() + 2_000;
    await waitFor('two seconds of writes', 10_000, () => performance.now() > alone);
    await lab.powerOff(primary, 'hard');
    await lab.heal();
    const had = await received(lab, target);

    await waitFor('silence everywhere', 30_000, async () => {
      const { blocking } = planReadiness(await planFailover(product, target), {});
      return blocking.join() === 'fence';
    });
    assert.deepEqual(await blockedBy(product, target), ['fence']);
    assert.deepEqual(await blockedBy(product, target, off(target)), ['fence'], 'the words name another host');

    const plan = await readyFailover(product, target, off(primary));
    // A case that is tried again has failed over a moment ago.
    const wanted = planReadiness(plan, {}).unacknowledged.filter((id) => id !== 'recent');
    assert.deepEqual(wanted, ['loss-bound'], whyNot(plan));
    const heardAtMs = saidLostAfter(plan);
    await referee.permit(target);
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    await hasAll(lab, target, had);

    await lab.powerOn(primary);
    await returnsAsStandby(lab, primary);
    const verdict = await referee.finish(target);
    onlyLost(verdict, primary);
    await lostAsSaid(lab, product, primary, verdict);

    // What only the old primary has was committed after the moment that was stated.
    const last = await sql(lab, target, `SELECT MAX(id) FROM cmon.heartbeat WHERE host = '${primary}'`);
    const lost = await sql(
      lab,
      primary,
      `SELECT COUNT(*), SUM(UNIX_TIMESTAMP(at) * 1000 < ${heardAtMs}) FROM cmon.heartbeat WHERE host = '${primary}' AND id > ${last.trim()}`,
    );
    const [count, before] = lost.trim().split('\t').map(Number);
    assert.ok((count ?? 0) > 5, `only ${count} heartbeats were lost: the case proves nothing`);
    assert.equal(before, 0, 'something was lost that had to be there by what was stated');
    await rejoins(lab, product, primary);
  });

  it('cut off from everybody: attested, and waited out until its guard has closed it', async () => {
    const target = peerOf(primary);
    const referee = await Referee.watch();
    for (const other of [target, 'prom', 'operator'] as const) await lab.partition(primary, other);
    const had = await received(lab, target);
    const plan = await readyFailover(product, target, cutOff(primary));
    await referee.permit(target);
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    await hasAll(lab, target, had);
    await lab.heal();
    await returnsAsStandby(lab, primary);
    const verdict = await referee.finish(target);
    onlyLost(verdict, primary);
    await lostAsSaid(lab, product, primary, verdict);
    await rejoins(lab, product, primary);
  });

  it('is no way for a primary that one place still sees: cut off from here, from the target, from the witness', async () => {
    const target = peerOf(primary);
    for (const [cut, sees] of [
      ['operator', target],
      [target, 'this machine'],
      ['prom', target],
    ] as const) {
      await lab.partition(primary, cut);
      const plan = await planFailover(product, target, cutOff(primary));
      assert.ok(planReadiness(plan, reasons(plan)).blocking.includes('alive'), `cut off from ${cut}`);
      assert.match(checkOf(plan, 'alive').evidence.join('\n'), new RegExp(`seen from ${sees}: `));
      await lab.heal();
    }
    await waitForRoles(lab, primary);
  });

  it('its network comes back while its self-fencing is waited out: undone, and it is the primary again', async () => {
    const target = peerOf(primary);
    const referee = await Referee.watch();
    for (const other of [target, 'prom', 'operator'] as const) await lab.partition(primary, other);
    let healed = false;
    const watched = await Product.on(lab, {
      onJournal: async (type, step) => {
        if (healed || type !== 'step-started' || step?.startsWith('self-fenced-') !== true) return;
        healed = true;
        await lab.heal();
      },
    });
    const plan = await readyFailover(watched, target, cutOff(primary));
    const run = await watched.start(plan, reasons(plan));
    await watched.close();
    assert.ok(healed);
    assert.equal(run.end, 'undone', runText(run));
    assert.match(run.summary, /asks \S+ again: it is not cut off/);
    await waitForRoles(lab, primary, 90_000);
    const verdict = await referee.finish(primary);
    assert.deepEqual(verdict.violations, [], verdictText(verdict));
  });

  it('without the witness: isolation is no proof, a power-off is; the witness learns it later', async () => {
    const target = peerOf(primary);
    const referee = await Referee.watch();
    await lab.powerOff(primary, 'hard');
    await lab.unplug('prom');
    const blocking = await blockedBy(product, target, cutOff(primary));
    assert.ok(blocking.includes('witness'), blocking.join());
    const plan = await readyFailover(product, target, off(primary));
    await referee.permit(target);
    const run = await product.start(plan, reasons(plan));
    assert.equal(run.end, 'done', runText(run));
    const state = await product.sites.observe(product.site);
    assert.ok(state.findings.some(({ code }) => code === 'epoch-unconfirmed'));
    await lab.plug('prom');
    await waitFor('the witness to learn the epoch', 30_000, async () =>
      (await lab.mustConsole('prom', 'clustercontrol-ha witness show')).trim().endsWith(` ${target}`),
    );
    await lab.powerOn(primary);
    await returnsAsStandby(lab, primary);
    onlyLost(await referee.finish(target), primary);
    await rejoins(lab, product, primary);
  });

  it('says in the end who watched: nothing is left behind', async () => {
    const left = await lab.mustConsole(
      primary,
      `cat /var/lib/clustercontrol-ha/pending 2>/dev/null || true; clustercontrol-ha status | grep -o '"state":"held"' || true
       echo 'SELECT VARIABLE_NAME FROM performance_schema.persisted_variables' | mysql -N`,
    );
    assert.equal(left.trim(), '');
    const quiet = await Referee.watch();
    const verdict = await quiet.finish(primary);
    assert.equal(verdict.clean, true, verdictText(verdict));
  });
});
