import assert from 'node:assert/strict';
import { replayOf } from '../../../src/core/run/replay';
import { healthyPlan } from '../../workbench/runbook/plan';
import { journalUpTo, snapshotAt, type Moment } from '../../workbench/runbook/snapshots';

const START_MS = 1_700_000_000_000;
const plan = healthyPlan(START_MS);
const failed: Moment = {
  upTo: 'vip-drop',
  states: { 'vip-drop': 'failed', 'services-stop': 'undone' },
  reasons: { 'vip-drop': ['no route to host', ''] },
  notes: ['a note'],
  end: 'undone',
  summary: 'back again',
};

function replayed(moment: Moment) {
  const lines = journalUpTo(plan, START_MS, moment).map((line) => JSON.stringify(line));
  return { replay: replayOf('run', lines), lines };
}

describe('the replay of a run', () => {
  it('begins with who confirmed it, before any step, and ends as the run ended', () => {
    const { replay } = replayed(failed);
    assert.equal(replay.moments[0]?.said, 'Confirmed by ada@console');
    assert.ok(replay.at(0).steps.every(({ state }) => state === 'waiting'));
    const last = replay.at(replay.moments.length - 1);
    assert.deepEqual({ ...last, runId: '' }, { ...snapshotAt(plan, START_MS, failed), runId: '' });
  });

  it('shows each step begin and end, in the order and at the times of the journal', () => {
    const { replay } = replayed({ upTo: 'vip-drop' });
    for (const [moment, { said, atMs }] of replay.moments.entries()) {
      const step = plan.steps.find(({ title, host }) => said === `${title} (${host}) begins`);
      if (!step) continue;
      const shown = replay.at(moment).steps.find(({ id }) => id === step.id);
      assert.deepEqual([shown?.state, shown?.startedAtMs], ['running', atMs]);
      const after = replay.at(moment + 1).steps.find(({ id }) => id === step.id);
      assert.equal(after?.state, 'done');
    }
    const times = replay.moments.map(({ atMs }) => atMs);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
  });

  it('says what an abort would have undone at that moment, and nothing of it past the opening', () => {
    const { replay } = replayed({ upTo: 'replicate-back' });
    const opening = plan.steps.find(({ id }) => id === plan.pointOfNoReturn);
    const opened = replay.moments.findIndex(
      ({ said }) => said === `${opening?.title} (${opening?.host}) is done`,
    );
    const [before, after] = [replay.at(opened - 1), replay.at(opened)];
    assert.ok(before.abortWouldUndo.length > 0);
    assert.deepEqual([after.pastPointOfNoReturn, after.abortWouldUndo], [true, []]);
  });

  it('has a sentence for a failure and for each effect that is taken back', () => {
    const said = replayed(failed).replay.moments.map((moment) => moment.said);
    assert.ok(said.some((text) => text.endsWith('failed: no route to host')));
    assert.ok(said.some((text) => text.endsWith('is taken back')));
    assert.equal(said.at(-1), 'The end: undone');
  });

  it('can tell a run that was cut off: its last step is still running there', () => {
    const { replay, lines } = replayed({ states: { 'file-sync-stop': 'running' } });
    assert.ok(replay.at(replay.moments.length - 1).steps.some(({ state }) => state === 'running'));
    const torn = replayOf('run', [...lines.slice(0, -1), lines.at(-1)?.slice(0, 20) ?? '']);
    assert.equal(torn.moments.length, replay.moments.length - 1);
  });

  it('has no moment beyond its ends', () => {
    const { replay } = replayed({});
    assert.throws(() => replay.at(-1), RangeError);
    assert.throws(() => replay.at(replay.moments.length), RangeError);
  });
});
