import assert from 'node:assert/strict';
import { longestPause, writeOutage } from '../../lab/referee/measure/figures';

describe('stopwatch: figures', () => {
  const acknowledged = (host: string, endMs: number): { host: string; startMs: number; endMs: number } => ({
    host,
    startMs: endMs - 1,
    endMs,
  });

  it('the write outage lies between the last acknowledgement of one host and the first of the other', () => {
    const list = [
      acknowledged('cc1', 5),
      acknowledged('cc1', 10),
      acknowledged('cc2', 120),
      acknowledged('cc2', 400),
    ];
    assert.deepEqual(writeOutage(list), { from: 'cc1', to: 'cc2', fromMs: 10, toMs: 120, durationMs: 110 });
  });

  it('without a handover there is no figure', () => {
    assert.equal(writeOutage([acknowledged('cc1', 5), acknowledged('cc1', 500)]), undefined);
    assert.equal(longestPause([5]), undefined);
  });

  it('the longest pause between two answers', () => {
    assert.deepEqual(longestPause([0, 5, 10, 137, 142]), { fromMs: 10, toMs: 137, durationMs: 127 });
  });
});
