import assert from 'node:assert/strict';
import type { NodeState } from '../../../src/core/topology/node';
import type { SiteView } from '../../../src/ui/sites/monitor';
import { claimOf, countedMs, oldAfterMs } from '../../../src/ui/status/claim';
import { view } from './views';

const NOW_MS = 1_700_000_000_000;
const HOUR_MS = 3_600_000;
const moment = { nowMs: NOW_MS, oldAfterMs: oldAfterMs(15_000) };
const seen = (state: NodeState, ageMs: number): SiteView => view('dc1', { state, atMs: NOW_MS - ageMs });
const never = view('dc2', undefined);

describe('what the status bar says of sites', () => {
  it('is what was just seen, with the icon of its state', () => {
    const claim = claimOf([seen('healthy', 16_000)], moment);
    assert.deepEqual(claim, { state: 'healthy', oldMs: undefined, icon: '$(pass)' });
  });

  for (const state of ['healthy', 'warning', 'error', 'unknown', 'inactive'] as const) {
    it(`is as old as it is: ${state} nine hours ago is not drawn as ${state} now`, () => {
      const claim = claimOf([seen(state, 9 * HOUR_MS)], moment);
      assert.deepEqual(claim, { state, oldMs: 9 * HOUR_MS, icon: '$(history)' });
    });
  }

  it('turns old at the limit, and not before', () => {
    assert.equal(claimOf([seen('healthy', moment.oldAfterMs - 1)], moment).icon, '$(pass)');
    assert.equal(claimOf([seen('healthy', moment.oldAfterMs)], moment).icon, '$(history)');
  });

  it('that all is well is as old as its oldest part', () => {
    const both = [seen('healthy', 1_000), seen('inactive', HOUR_MS)];
    assert.equal(claimOf(both, moment).oldMs, HOUR_MS);
    assert.equal(claimOf([seen('healthy', HOUR_MS), seen('healthy', 1_000)], moment).oldMs, HOUR_MS);
  });

  it('that something is bad is as fresh as the last look that shows it', () => {
    const { state, oldMs, icon } = claimOf(
      [seen('healthy', HOUR_MS), seen('error', 1_000), seen('error', 2 * HOUR_MS)],
      moment,
    );
    assert.deepEqual([state, oldMs, icon], ['error', undefined, '$(error)']);
  });

  it('what was never seen is unknown, and has no age', () => {
    assert.deepEqual(claimOf([never], moment), { state: 'unknown', oldMs: undefined, icon: '$(question)' });
    const mixed = claimOf([never, seen('healthy', HOUR_MS)], moment);
    assert.deepEqual(mixed, { state: 'unknown', oldMs: undefined, icon: '$(question)' });
  });

  it('a clock that was set back makes nothing old', () => {
    assert.equal(claimOf([seen('healthy', -HOUR_MS)], moment).oldMs, undefined);
  });

  it('counts findings with the age of the oldest look, once that is old', () => {
    assert.equal(countedMs([seen('error', 1_000), seen('healthy', 2_000), never], moment), undefined);
    assert.equal(countedMs([seen('error', 1_000), seen('healthy', HOUR_MS)], moment), HOUR_MS);
    assert.equal(countedMs([never], moment), undefined);
    assert.equal(countedMs([], moment), undefined);
  });
});

describe('the age from which a look is old', () => {
  it('is a few intervals, within a minute and five', () => {
    assert.equal(oldAfterMs(0), 60_000);
    assert.equal(oldAfterMs(15_000), 60_000);
    assert.equal(oldAfterMs(40_000), 120_000);
    assert.equal(oldAfterMs(3_600_000), 300_000);
  });
});
