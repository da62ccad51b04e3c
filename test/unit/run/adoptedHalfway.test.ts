import assert from 'node:assert/strict';
import type { OperationsDeps } from '../../../src/compose/operations';
import { Operations } from '../../../src/compose/operations';
import { Launcher } from '../../../src/compose/launcher';
import { isOperatorError } from '../../../src/core/errors';
import type { Site } from '../../../src/core/inventory/site';
import { adopt } from '../../../src/core/operate/adopt';
import { operationUnderWay, type UnderWay } from '../../../src/core/operate/hostOperations';
import { NO_HOOKS } from '../../../src/core/operate/hooks';
import type { RunDeps } from '../../../src/core/run/deps';
import type { JournalLine } from '../../../src/core/run/events';
import { Run } from '../../../src/core/run/executor';
import { foldJournal, snapshotOf } from '../../../src/core/run/fold';
import { allUnfinished } from '../../../src/ui/unfinishedRuns';
import { JournalDisk } from './world/journalDisk';
import { assertWhole, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { World } from './world/world';

const HERE = { vip: '10.0.0.1', hosts: { cc1: '10.0.0.11', cc2: '10.0.0.12' } };

/** Ann's machine dies behind the opening, with her journal. */
async function openedByAnn(): Promise<World> {
  const world = new World(sketchPlan(promotionSketch()));
  const ann = new FakeProcess();
  world.onMoment = (moment, who) => {
    if (moment === 'after-execute' && world.effects().includes('open')) who.kill();
  };
  void startRun(world, ann);
  await world.clock.pass(60_000);
  world.onMoment = () => undefined;
  assert.ok(ann.dead);
  world.journals.clear();
  return world;
}

function toldByHosts(world: World): UnderWay {
  const book = JSON.stringify({
    ...{ format: 1, plan: world.plan, operator: 'ann', acknowledged: {}, startedAtMs: 0 },
  });
  const told = { plan: world.plan.id, operation: 'promote', target: 'cc2', operator: 'ann', sinceMs: 0 };
  const answers = ['cc1', 'cc2'].map((host) => ({
    ...{ host, known: true as const, token: world.host(host).lease?.token ?? 0, book },
    record: { ...told, place: 'outage' },
  }));
  const found = operationUnderWay(answers, 'dc1');
  assert.ok(found);
  return found;
}

/** The disk of Bob's machine takes some lines, and of the next one `torn`, without its end; then it is full. */
function fullAfter(deps: RunDeps, world: World, lines: number, torn: string | undefined): RunDeps['journal'] {
  let left = lines;
  const append = async (runId: string, line: string, sync: boolean): Promise<void> => {
    if (left-- > 0) return deps.journal.append(runId, line, sync);
    const disk = world.journals.get(runId) ?? new JournalDisk();
    world.journals.set(runId, disk);
    if (torn !== undefined) {
      disk.append(torn + torn);
      disk.tear();
    }
    throw new Error('ENOSPC');
  };
  return { ...deps.journal, append };
}

async function brokenOff(
  lines = 1,
  torn?: string,
): Promise<{ readonly world: World; readonly deps: RunDeps }> {
  const world = await openedByAnn();
  const deps = world.deps();
  const journal = fullAfter(deps, world, lines, torn);
  const taken = adopt({ journal, clock: deps.clock, hooks: NO_HOOKS }, toldByHosts(world), HERE);
  await assert.rejects(world.clock.until(taken), /ENOSPC/);
  return { world, deps };
}

describe('a run whose taking over from hosts was broken off', () => {
  for (const intent of ['undo', 'finish'] as const) {
    it(`is not gone on with from that journal: ${intent}`, async () => {
      const { world, deps } = await brokenOff();
      const before = world.effects();
      const sent = world.sent.length;
      await assert.rejects(
        world.clock.until(new Run(deps).resume('plan-1', { operator: 'bob', intent })),
        (error: unknown) =>
          isOperatorError(error) && error.code === 'run-not-resumable' && /--from-hosts/.test(error.next),
      );
      assert.deepEqual(world.effects(), before);
      assert.equal(world.sent.length, sent);
    });
  }

  for (const [name, lines, torn] of [
    ['behind the plan', 1, undefined],
    ['in the midst of the second line', 1, '{"format":1,"n":2,"writer":0'],
    ['before the first line', 0, undefined],
    ['in the midst of the first line', 0, '{"format":1,"n":1,"writer":0'],
  ] as const) {
    it(`${name}: is taken over once more, and finished`, async () => {
      const { world, deps } = await brokenOff(lines, torn);
      await world.clock.until(adopt({ ...deps, hooks: NO_HOOKS }, toldByHosts(world), HERE));
      assert.equal(foldJournal('plan-1', world.lines()).adopted, true);
      const undo = await world.clock.until(
        new Run(deps).resume('plan-1', { operator: 'bob', intent: 'undo' }),
      );
      assert.equal(undo.end, 'unfinished', undo.summary);
      const finish = new Run(deps).resume('plan-1', { operator: 'bob', intent: 'finish' });
      const end = await world.clock.until(finish);
      assert.equal(end.end, 'done', end.summary);
      assertWhole(world, end);
    });
  }

  it('says so, and does not claim that nothing was changed', async () => {
    const { world } = await brokenOff();
    const shown = snapshotOf(foldJournal('plan-1', world.lines()));
    assert.equal(shown.adoptedHalfway, true);
    for (const text of [shown.summary, shown.ifThisDies]) assert.match(text, /does not tell what was done/);
    assert.match(shown.next, /--from-hosts/);
  });

  it('is offered from the hosts, once', async () => {
    const { world, deps } = await brokenOff();
    const operations = new Operations({ ...deps, operator: 'bob' } as unknown as OperationsDeps);
    operations.settle = () => Promise.resolve();
    operations.underWay = () => Promise.resolve(toldByHosts(world));
    const hosts = Object.entries(HERE.hosts).map(([name, address]) => ({ name, address }));
    const site = { name: 'dc1', vip: HERE.vip, hosts } as unknown as Site;
    const parts = {
      log: deps.log,
      siteNamed: () => Promise.resolve(site),
    } as unknown as ConstructorParameters<typeof Launcher>[0];
    const launcher = new Launcher(parts, operations, {} as never);
    const offered = async () =>
      allUnfinished(await launcher.unfinished(), await launcher.unfinishedElsewhere([site])).map(
        (run) => run.site,
      );
    assert.deepEqual(await world.clock.until(offered()), ['dc1']);
    await world.clock.until(adopt({ ...deps, hooks: NO_HOOKS }, toldByHosts(world), HERE));
    assert.deepEqual(
      await world.clock.until(offered()),
      [undefined],
      'taken over, it is a run of this machine',
    );
  });

  it('a journal that this machine began itself is none, though its first line names no holder', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    await world.clock.until(startRun(world));
    const [first = '', ...rest] = world.lines();
    const { event, ...line } = JSON.parse(first) as JournalLine;
    assert.ok(event.type === 'run-created' && event.holder !== undefined, 'who starts a run is named');
    const old = JSON.stringify({ ...line, event: { ...event, holder: undefined } });
    assert.equal(foldJournal('plan-1', [old]).adoptedHalfway, true);
    assert.equal(foldJournal('plan-1', [old, ...rest.slice(0, 1)]).adoptedHalfway, false);
  });
});
