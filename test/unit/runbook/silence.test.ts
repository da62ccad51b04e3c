import assert from 'node:assert/strict';
import type { Answer, ReplayMessage, RunView } from '../../../src/shared/protocol';
import { NOBODY_ANSWERS } from '../../../webview/line';
import { SILENCE, saySilence, silenced } from '../../../webview/model/silence';
import { answered, answersAgain, fellSilent, initialState, type PageState } from '../../../webview/state';
import { healthyPlan } from '../../workbench/runbook/plan';
import { snapshotAt } from '../../workbench/runbook/snapshots';

const plan = healthyPlan(1_700_000_000_000);
const running: RunView = snapshotAt(plan, 0, { upTo: 'open' });
const ended: RunView = snapshotAt(plan, 0, { upTo: 'open', end: 'unfinished', summary: 'cc1 is away.' });
const page: PageState = initialState({
  key: undefined,
  open: {},
  drafts: {},
  showCommands: undefined,
  follow: true,
});
const replay: ReplayMessage = {
  type: 'replay',
  run: running,
  moment: 0,
  moments: 2,
  atMs: 0,
  said: '',
  untilNextMs: 5,
};

describe('the page: silence', () => {
  it('lets go of the wish that waited, and of a replay that plays', () => {
    const silent = fellSilent({ ...page, asking: 'confirm', playing: true, clockOffsetMs: 50 }, 1_000);
    assert.equal(silent.asking, undefined);
    assert.equal(silent.playing, false);
    assert.equal(silent.silentSinceMs, 1_050);
  });

  it('goes with all that was said of it when somebody answers again', () => {
    const silent = answered(fellSilent(page, 0), { ...NOBODY_ANSWERS });
    assert.equal(silent.problem?.reason, NOBODY_ANSWERS.reason);
    const after = answersAgain(silent);
    assert.equal(after.silentSinceMs, undefined);
    assert.equal(after.problem, undefined);
  });

  it('takes no true refusal with it', () => {
    const refused: Answer = { type: 'refused', reason: 'cc1 does not answer.', next: 'Bring it back.' };
    assert.equal(answersAgain(fellSilent(answered(page, refused), 0)).problem, refused);
  });

  it('is said of what is shown: a plan, a run that runs, one that ended, one that is seen again', () => {
    assert.equal(silenced(page), 'plan');
    assert.equal(silenced({ ...page, run: running }), 'running');
    assert.equal(silenced({ ...page, run: ended }), 'ended');
    assert.equal(silenced({ ...page, run: running, replay }), 'ended');
  });

  it('promises of a reload what it keeps: a plan that never ran does not survive one', () => {
    assert.match(SILENCE.plan.next, /never started has to be made again/);
    assert.match(SILENCE.ended.next, /this run is shown again/);
    for (const kind of ['plan', 'ended'] as const) {
      assert.match(SILENCE[kind].wish, /may have been heard, or not/);
      assert.match(saySilence(kind), /may be old.*may have been heard, or not/);
    }
    assert.match(saySilence('running'), /is old/);
  });
});
