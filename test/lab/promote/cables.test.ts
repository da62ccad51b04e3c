import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { Lab } from '../lab';
import { verdictText } from '../referee/judge/text';
import { Referee } from '../referee/referee';
import { CONTROLLERS, type ControllerName } from '../site';
import { waitFor } from '../wait';
import { Product, runText } from './product';
import { waitForRoles } from './roles';

/** Steps of this shard: CABLE_SHARD=1/2 takes every second one, from the first. */
function mine(index: number): boolean {
  const [which = 1, of = 1] = (process.env.CABLE_SHARD ?? '1/1').split('/').map(Number);
  return index % of === which - 1;
}

/** Each step with one of the two hosts, in turn; `npm run test:cables` takes both. */
function hostsAt(index: number): readonly ControllerName[] {
  return process.env.CABLE_CELLS === 'all' ? CONTROLLERS : [index % 4 < 2 ? 'cc1' : 'cc2'];
}

/** Everything before the opening, as a plan of hardened hosts has it; a test holds the list against a real plan. */
const BEFORE_OPENING = [
  'rsync-connection',
  'file-sync-stop',
  'files-first-pass',
  'source-position',
  'caught-up',
  'epoch-pending-cc1',
  'epoch-pending-cc2',
  'epoch-pending-witness',
  'client-ready-cc1',
  'client-ready-cc2',
  'services-stop',
  'vip-give',
  'vip-drop',
  'vip-gone',
  'vip-taken',
  'files-last-pass',
  'database-close',
  'database-drain',
  'replication-stop',
  'role-old',
  'epoch-commit',
  'role-new',
];

describe('a cable is pulled before the point of no return', () => {
  const lab = Lab.current();

  let journals: string;
  before(async () => {
    journals = await mkdtemp(path.join(tmpdir(), 'clustercontrol-ha-runs-'));
  });
  after(() => rm(journals, { recursive: true, force: true }));

  it('covers every step of a real plan', async () => {
    const product = await Product.on(lab);
    const { steps } = await product.plan('cc2');
    const before = steps.filter(({ phase }) => phase === 'prepare' || phase === 'outage').map(({ id }) => id);
    assert.deepEqual([...before].sort(), [...BEFORE_OPENING].sort());
    await product.close();
  });

  /** Pulls the cable when the step's intent is in the journal; the action follows it. */
  async function runWithoutCable(
    step: string,
    host: ControllerName,
  ): Promise<{ run: RunSnapshot; product: Product }> {
    let pulled = false;
    const product = await Product.on(lab, {
      onJournal: async (type, at) => {
        if (type !== 'step-started' || at !== step || pulled) return;
        pulled = true;
        await lab.unplug(host);
      },
      policy: { undoPatienceMs: 3_000 },
      journals,
    });
    // A guard may still be bringing its record up to date after the last case: such a plan is rightly refused.
    let run = await product.start(await readyPlan(product, 'cc2'));
    for (let tries = 1; run.end === 'refused' && tries < 5; tries += 1) {
      run = await product.start(await readyPlan(product, 'cc2'));
    }
    assert.ok(pulled, `${step} was never begun: ${runText(run)}`);
    return { run, product };
  }

  BEFORE_OPENING.forEach((step, index) => {
    if (!mine(index)) return;
    for (const host of hostsAt(index)) {
      it(`${step}: ${host} goes away`, async function () {
        this.timeout(240_000);
        await waitForRoles(lab, 'cc1').catch(() => settle(lab, journals));
        const referee = await Referee.watch();
        const { run, product } = await runWithoutCable(step, host);
        await lab.plug(host);
        const end = await bringToAnEnd(product, run);
        await waitForRoles(lab, end === 'done' ? 'cc2' : 'cc1', 90_000);
        await product.close();
        const verdict = await referee.finish();
        assert.equal(verdict.clean, true, verdictText(verdict));
        if (end === 'done') await back(lab);
      });
    }
  });
});

/**
 * Each end is a named one, and the product's own next step leads out of it. A cut that comes too late for the opening
 * leaves `unfinished`: only forward.
 */
async function bringToAnEnd(product: Product, run: RunSnapshot): Promise<'undone' | 'done'> {
  if (run.end === 'undone' || run.end === 'done') return run.end;
  assert.ok(run.end === 'undo-owed' || (run.end === 'unfinished' && run.pastPointOfNoReturn), runText(run));
  assert.notEqual(run.next, '', 'names the next step');
  const [intent, end] =
    run.end === 'undo-owed' ? (['undo', 'undone'] as const) : (['finish', 'done'] as const);
  const finished = await product.resume(run.runId, intent);
  assert.equal(finished.end, end, runText(finished));
  return end;
}

/** What the last case left has to end first: a lease of a host that was away, a stream that is not heard yet. */
async function readyPlan(product: Product, target: ControllerName): Promise<Plan> {
  let plan = await product.plan(target);
  await waitFor('a plan that nothing blocks', 60_000, async () => {
    plan = await product.plan(target);
    return planReadiness(plan, {}).ready;
  });
  return plan;
}

/** A cut that came too late for the run: the next case begins from cc1 again. */
async function back(lab: Lab): Promise<void> {
  const product = await Product.on(lab);
  const run = await product.start(await readyPlan(product, 'cc1'));
  assert.equal(run.end, 'done', runText(run));
  await product.close();
}

/** After a case that failed: its run is brought to an end, so that the next one is judged by itself. */
async function settle(lab: Lab, journals: string): Promise<void> {
  await Promise.all(CONTROLLERS.map((host) => lab.plug(host)));
  const product = await Product.on(lab, { journals });
  for (const run of await product.operations.unfinished()) {
    await product.resume(run.runId, run.pastPointOfNoReturn ? 'finish' : 'undo');
  }
  await product.close();
  const primary = await waitForRoles(lab, 'cc2', 60_000).then(
    () => 'cc2',
    () => 'cc1',
  );
  if (primary === 'cc2') await back(lab);
  await waitForRoles(lab, 'cc1');
}
