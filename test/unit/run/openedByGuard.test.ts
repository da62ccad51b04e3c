import assert from 'node:assert/strict';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { assertWhole, bringToFinalEnd, resumeRun, startRun } from './world/outcome';
import { type StepSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { World } from './world/world';

/** Behind `record` the guard of cc2 may open it, when no lease is alive. Nothing in the graph stands between `vip` and `record`. */
const STEPS: readonly StepSketch[] = [
  { id: 'prepass', phase: 'prepare' },
  { id: 'close', phase: 'outage', needs: ['prepass'], requires: ['record'] },
  { id: 'vip', phase: 'outage', host: 'cc2', needs: ['prepass'] },
  { id: 'record', phase: 'outage', host: 'cc2', needs: ['close'], letsOpen: true },
  { id: 'files', phase: 'outage', needs: ['prepass'], takeMs: 500 },
  { id: 'open', phase: 'open', host: 'cc2', needs: ['record', 'vip', 'files'] },
  { id: 'cmon', phase: 'after', host: 'cc2', needs: ['open'] },
];

const undone = (world: World): string[] =>
  world.sent.filter(({ role }) => role === 'undo').map(({ step }) => step);

/** The process dies while files are still being brought over; a minute later the guard has opened. */
async function openedBehindADeadRun(): Promise<World> {
  const world = new World(sketchPlan(STEPS));
  const process = new FakeProcess();
  world.onMoment = (moment, who) => {
    if (who === process && moment === 'after-execute' && world.effects().includes('record')) who.kill();
  };
  void startRun(world, process);
  await world.clock.pass(60_000);
  assert.ok(process.dead);
  world.onMoment = () => undefined;
  world.host('cc2').guardRaises();
  world.host('cc2').facts.set('open', 'on');
  return world;
}

function saysWhatIsMissing({ notes }: RunSnapshot): void {
  assert.match(notes.join('\n'), /cc2 was opened by its own guard.*made up for: .*Do files \(cc1\)/);
}

describe("a host that its own guard has opened before the run's opening was sent", () => {
  it('finish: the run goes on behind the opening, repeats nothing before it, and says what never came', async () => {
    const world = await openedBehindADeadRun();
    const before = world.sent.length;
    const end = await world.clock.until(resumeRun(world, 'finish'));
    assert.equal(end.end, 'done', end.summary);
    const sent = world.sent.slice(before).filter(({ role }) => role === 'act' || role === 'undo');
    assert.deepEqual(
      sent.map(({ step }) => step),
      ['cmon'],
    );
    saysWhatIsMissing(end);
  });

  it('undo: nothing is taken from its users, and the way out is to finish', async () => {
    const world = await openedBehindADeadRun();
    const refused = await world.clock.until(resumeRun(world, 'undo'));
    assert.equal(refused.end, 'unfinished', refused.summary);
    assert.match(refused.summary, /point of no return is passed/);
    assert.deepEqual(undone(world), []);
    const end = await bringToFinalEnd(world, 'undo');
    assert.equal(end.end, 'done', end.summary);
  });

  it('noticed by an undo of the run itself: nothing else is taken back', async () => {
    const world = new World(sketchPlan(STEPS));
    world.fault = (label) => {
      if (label.step !== 'files' || label.role !== 'act') return undefined;
      world.host('cc2').facts.set('open', 'on');
      return 'error';
    };
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'unfinished', end.summary);
    assert.match(end.summary, /point of no return is passed/);
    assert.deepEqual(undone(world), ['record']);
    assert.deepEqual(world.effects().filter((id) => ['close', 'vip', 'record'].includes(id)).length, 3);
    saysWhatIsMissing(end);
    world.fault = () => undefined;
    assert.equal((await world.clock.until(resumeRun(world, 'finish'))).end, 'done');
  });

  it('that does not answer: nothing is undone before it does', async () => {
    const world = await openedBehindADeadRun();
    world.away.add('cc2');
    const unknown = await world.clock.until(resumeRun(world, 'undo'));
    assert.equal(unknown.end, 'unfinished', unknown.summary);
    assert.match(unknown.summary, /not known whether/);
    assert.deepEqual(undone(world), []);
    world.away.clear();
    assert.equal((await bringToFinalEnd(world, 'undo')).end, 'done');
  });

  it('that was not opened: it is asked, nothing is said to have failed, and all is undone', async () => {
    const world = await openedBehindADeadRun();
    world.host('cc2').facts.delete('open');
    const end = await world.clock.until(resumeRun(world, 'undo'));
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(world, end);
    assert.equal(end.steps.find(({ id }) => id === 'open')?.state, 'waiting');
  });
});
