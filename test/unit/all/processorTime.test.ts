import assert from 'node:assert/strict';
import { parseTicks, sharesBetween } from '../../all/processorTime';

/** proc_stat(5): user nice system idle iowait irq softirq steal guest guest_nice. */
const stat = (line: string): string => `${line}\ncpu0 1 1 1 1 1 1 1 1 0 0\nintr 5\n`;

describe('npm test: what others have of the processors', () => {
  const nothing = { busy: 0, stolen: 0, waiting: 0 };
  const before = parseTicks(stat('cpu  100 0 100 1000 0 0 0 50 0 0'));

  it('is a share of what was wanted, not of all time', () => {
    const after = parseTicks(stat('cpu  200 50 150 1100 100 50 50 150 0 0'));
    assert.deepEqual(sharesBetween(before, after), { busy: 0.5, stolen: 0.25, waiting: 1 / 6 });
  });

  it('is nothing where nothing was wanted, or nothing is told', () => {
    assert.deepEqual(sharesBetween(before, before), nothing);
    assert.deepEqual(sharesBetween(parseTicks(''), parseTicks('')), nothing);
  });
});
