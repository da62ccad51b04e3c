import assert from 'node:assert/strict';
import type { Drills } from '../../../src/compose/drills';
import { Launcher } from '../../../src/compose/launcher';
import { isOperatorError } from '../../../src/core/errors';
import { parseInventory } from '../../../src/core/inventory/parse';
import { addressesOf } from '../../../src/core/operate/addressesOf';
import { OPEN_ACCESS } from '../../../src/core/operate/hostAccess';
import type { Site } from '../../../src/core/inventory/site';
import type { Plan } from '../../../src/core/plan/plan';
import type { HostCommand } from '../../../src/core/ports';
import { foldJournal } from '../../../src/core/run/fold';
import { AT_MS, exampleInventory, exampleSite } from '../observation';
import { standing } from './standing';

// One machine, two customers: both have a dc1 with cc1 and cc2.
const ours = exampleSite() as Site;
const inventory = exampleInventory().replaceAll('192.168.73.', '10.9.0.');
const theirs = parseInventory('theirs.yaml', inventory).sites[0] as Site;
/** The same hosts, described otherwise. */
const edited = exampleSite('    sync: { directories: [/etc/cmon.d/] }\n') as Site;

const end = { type: 'run-ended', end: 'unfinished', summary: 'The window died.', next: '' };

/** The machine's journals hold a promotion of ours that was left half-way. Hosts tell of bob's later one, which has ended, of this one, or of none. */
async function left(
  change: (plan: Plan) => Plan = (plan) => plan,
  tell: 'later' | 'this' | 'none' = 'later',
) {
  const plan = change(await standing().operations.plan(ours, 'promote', 'cc2', 'planned'));
  const created = { type: 'run-created', plan, operator: 'ann', acknowledged: {} };
  const lines = [created, end].map((event, n) =>
    JSON.stringify({ format: 1, n: n + 1, writer: 0, atMs: AT_MS, event }),
  );
  const later = { plan: 'later', operation: 'promote', target: 'cc1', operator: 'bob', place: 'done' };
  const known = { none: null, later, this: { ...later, plan: plan.id, operator: 'ann', place: 'outage' } }[
    tell
  ];
  const status = {
    lease: { token: plan.token + 1 },
    operation: known && { ...known, sinceMs: AT_MS + 1_000 },
  };
  const book = { format: 1, plan, operator: 'ann', acknowledged: {}, startedAtMs: AT_MS };
  const shown = `${JSON.stringify(status)}\n${tell === 'this' ? JSON.stringify(book) : ''}`;
  const asked: string[] = [];
  const get = (host: string) =>
    Promise.resolve({
      run: ({ script }: HostCommand) => {
        asked.push(host);
        const stdout = script.includes('operation show') ? shown : '';
        return Promise.resolve({ exitCode: 1, stdout, stderr: '' });
      },
    });
  const held = { sessions: { get }, release: () => undefined };
  const { operations } = standing({
    connections: {
      access: OPEN_ACCESS,
      use: (_: unknown, work: (one: typeof held) => unknown) => work(held),
      hold: () => held,
    } as never,
    journal: {
      list: () => Promise.resolve([plan.id]),
      read: () => Promise.resolve(lines),
      append: (_, line) => Promise.resolve(void lines.push(line)),
    },
  });
  const launcherIn = (workspace: Site | undefined): Launcher => {
    const parts = {
      ensureSecrets: () => Promise.resolve(true),
      siteNamed: (name: string) => Promise.resolve(workspace?.name === name ? workspace : undefined),
      show: () => undefined,
      begun: () => undefined,
      ended: () => undefined,
      log: { debug: fail, info: fail, warn: fail, error: fail },
    };
    return new Launcher(parts, operations, undefined as unknown as Drills);
  };
  return { plan, lines, asked, operations, launcherIn };
}

function fail(message: string): void {
  assert.fail(message);
}

const notHere = (error: unknown): boolean => {
  assert.ok(isOperatorError(error) && error.code === 'run-not-resumable');
  assert.match(error.message, /192\.168\.73\.201.*here says.*10\.9\.0\.201/);
  return true;
};

describe('a run that another workspace has left', () => {
  it("is not closed by what the hosts of this one's site of the same name tell", async () => {
    const { plan, lines, operations } = await left();
    await operations.settle(theirs);
    assert.equal(lines.length, 2);
    await operations.settle(edited);
    assert.match(foldJournal(plan.id, lines).summary, /bob has begun later/);
  });

  it("is no reason against a plan of this one's", async () => {
    const { plan, operations } = await left(undefined, 'none');
    const isAgainst = async (site: Site): Promise<boolean | undefined> => {
      const { checks } = await operations.plan(site, 'promote', 'cc2', 'planned');
      const evidence = checks.find(({ id }) => id === 'operation-unfinished')?.evidence;
      return evidence?.join().includes(plan.id);
    };
    assert.equal(await isAgainst(edited), true);
    assert.equal(await isAgainst(theirs), false);
  });

  it('is not offered here, nor opened, nor resumed; its replay is shown', async () => {
    const { plan, asked, operations, launcherIn } = await left();
    const here = launcherIn(theirs);
    assert.deepEqual(await here.unfinished(), []);
    await assert.rejects(here.resume(plan.id), notHere);
    await assert.rejects(here.restored('dc1', plan.id), notHere);
    await here.replay(plan.id);
    const resumed = operations.newRun(theirs).resume(plan.id, { operator: 'ann', intent: 'finish' });
    await assert.rejects(resumed, notHere);
    assert.deepEqual(asked, []);
  });

  it('is offered and opened in its own workspace, whatever else its inventory says now', async () => {
    const { plan, launcherIn } = await left();
    for (const workspace of [ours, edited]) {
      const own = launcherIn(workspace);
      assert.deepEqual(
        (await own.unfinished()).map(({ runId }) => runId),
        [plan.id],
      );
      await own.resume(plan.id);
      assert.ok(await own.restored('dc1', plan.id));
    }
    assert.equal((await launcherIn(undefined).unfinished()).length, 1, 'a site that no inventory here names');
  });

  it('is offered from the hosts where they tell of it themselves: their addresses were changed on purpose', async () => {
    const { plan, lines, launcherIn } = await left(undefined, 'this');
    const here = launcherIn(theirs);
    const [found, ...others] = await here.unfinishedElsewhere([theirs]);
    assert.deepEqual([found?.runId, found?.site, others], [plan.id, 'dc1', []]);
    assert.match(found?.detail ?? '', /when the inventory named other addresses; it came to "outage"/);
    await here.adopt('dc1');
    assert.deepEqual(foldJournal(plan.id, lines).plan.siteAddresses, addressesOf(theirs));
    assert.deepEqual(
      (await here.unfinished()).map(({ runId }) => runId),
      [plan.id],
    );
    assert.deepEqual(await launcherIn(ours).unfinished(), []);
  });

  it('of a version that did not write addresses is taken at the name of its site, as before', async () => {
    const { plan, launcherIn } = await left(({ siteAddresses: _, ...older }) => older);
    const here = launcherIn(theirs);
    assert.equal((await here.unfinished()).length, 1);
    assert.ok(await here.restored('dc1', plan.id));
  });
});
