import assert from 'node:assert/strict';
import { Run } from '../../../src/core/run/executor';
import { foldJournal } from '../../../src/core/run/fold';
import { outageSpans } from '../../../src/core/run/outages';
import { runReport } from '../../../src/core/run/report';
import type { RunState } from '../../../src/core/run/state';
import type { Plan } from '../../../src/core/plan/plan';
import { sketchPlan } from './world/plans';
import { World } from './world/world';

const promotion = () =>
  sketchPlan([
    { id: 'services-stop', phase: 'outage', takeMs: 30 },
    { id: 'vip-drop', phase: 'outage', needs: ['services-stop'], takeMs: 10 },
    { id: 'vip-taken', phase: 'outage', needs: ['vip-drop'], host: 'cc2', takeMs: 20 },
    { id: 'open', phase: 'open', needs: ['vip-taken'], host: 'cc2' },
    { id: 'ping', phase: 'after', needs: ['open'], host: 'cc2', takeMs: 40 },
    { id: 'look', phase: 'after', needs: ['ping'], host: 'cc2', takeMs: 500 },
  ]);

const failover = (more: Partial<Plan> = {}) =>
  sketchPlan(
    [
      { id: 'wait', phase: 'prepare', takeMs: 5_000 },
      { id: 'receiving-stop', phase: 'prepare', needs: ['wait'], takeMs: 30 },
      { id: 'vip-take', phase: 'outage', needs: ['receiving-stop'], takeMs: 10 },
      { id: 'vip-taken', phase: 'outage', needs: ['vip-take'], takeMs: 20 },
      { id: 'open', phase: 'open', needs: ['vip-taken'] },
      { id: 'ping', phase: 'after', needs: ['open'], takeMs: 40 },
    ],
    { outageBegan: 'with the death of cc1', ...more },
  );

async function ended(world: World): Promise<RunState> {
  const recheck = () => Promise.resolve({ digest: 'd1', difference: [] });
  const operator = { operator: 'ann', acknowledged: {}, recheck };
  await world.clock.until(new Run(world.deps()).start(world.plan, operator));
  return foldJournal(world.plan.id, world.lines());
}

describe('what users noticed of a failover', () => {
  it('is counted from the run on, and says that the outage is older', async () => {
    const state = await ended(new World(failover()));
    const spans = outageSpans(state);
    assert.deepEqual(
      spans.map(({ label, startedAtMs, endedAtMs }) => [label, startedAtMs, endedAtMs]),
      [
        ['Writes, from this run on', state.startedAtMs, state.record('open').endedAtMs],
        ['Virtual IP, from this run on', state.startedAtMs, state.record('vip-taken').endedAtMs],
        ['Management, from this run on', state.startedAtMs, state.record('ping').endedAtMs],
      ],
    );
    assert.match(spans[0]?.measuredBy ?? '', /; the outage began with the death of cc1$/);
    const writes = (spans[0]?.endedAtMs ?? 0) - (spans[0]?.startedAtMs ?? 0);
    assert.ok(writes > 5_000, 'the wait before the first step that interrupts counts, too');
    assert.match(runReport(state), /\| Writes, from this run on \| 5\.\d\d s \|/);
  });

  it('is not ended by an undo: no figure, and the report says so', async () => {
    const world = new World(failover());
    world.fault = ({ step, role }) => (step === 'vip-taken' && role === 'act' ? 'error' : undefined);
    const state = await ended(world);
    assert.equal(state.end, 'undone');
    assert.deepEqual(outageSpans(state), []);
    assert.match(
      runReport(state),
      /## What users noticed\n\nThe outage began with the death of cc1\. This run has not ended it\./,
    );
  });

  it('half-way: the virtual IP was there until its holder was closed', async () => {
    const { steps } = sketchPlan([
      { id: 'source-close', phase: 'outage', takeMs: 10 },
      { id: 'vip-take', phase: 'outage', needs: ['source-close'] },
      { id: 'vip-taken', phase: 'outage', needs: ['vip-take'], takeMs: 20 },
      { id: 'open', phase: 'open', needs: ['vip-taken'] },
    ]);
    const state = await ended(new World(failover({ steps })));
    const vip = outageSpans(state).find(({ id }) => id === 'vip');
    assert.deepEqual(
      [vip?.label, vip?.startedAtMs],
      ['Virtual IP', state.record('source-close').startedAtMs],
    );
  });
});

describe('what users noticed', () => {
  it('is told for writes, virtual IP and management, each from its own steps', async () => {
    const world = new World(promotion());
    const recheck = () => Promise.resolve({ digest: 'd1', difference: [] });
    const operator = { operator: 'ann', acknowledged: {}, recheck };
    await world.clock.until(new Run(world.deps()).start(world.plan, operator));
    const state = foldJournal(world.plan.id, world.lines());
    const spans = outageSpans(state);
    assert.deepEqual(
      spans.map(({ label }) => label),
      ['Writes', 'Virtual IP', 'Management'],
    );
    const [, vip, management] = spans;
    assert.equal(vip?.startedAtMs, state.record('vip-drop').startedAtMs);
    assert.equal(vip?.endedAtMs, state.record('vip-taken').endedAtMs);
    assert.equal(management?.startedAtMs, state.record('services-stop').startedAtMs);
    assert.equal(management?.endedAtMs, state.record('ping').endedAtMs);
    assert.match(vip?.measuredBy ?? '', /upper bound: "Do vip-drop" begun, until "Do vip-taken" was done/);
    // A step that was tried again tells only of its last try.
    state.record('vip-drop').attempts = 2;
    assert.ok(!outageSpans(state).some(({ id }) => id === 'vip'));
  });
});
