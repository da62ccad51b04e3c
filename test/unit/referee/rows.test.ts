import assert from 'node:assert/strict';
import fc from 'fast-check';
import { missingRows } from '../../lab/referee/judge/completeness';
import { parseHeartbeats } from '../../lab/referee/judge/heartbeatLog';
import { Ranges } from '../../lab/referee/judge/ranges';

describe('referee: sets of row ids', () => {
  it('subtracts as sets do', () => {
    const numbers = fc.uniqueArray(fc.nat(60)).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const expected = Ranges.of(a.filter((value) => !b.includes(value)));
        assert.deepEqual(Ranges.of(a).without(Ranges.of(b)), expected);
      }),
    );
  });

  it('is written as ranges', () => {
    assert.equal(Ranges.of([1, 2, 3, 7, 9, 10]).toString(), '1-3, 7, 9-10');
    assert.equal(Ranges.of([1, 3, 5]).toString(2), '1, 3, … (3 in all)');
  });

  it('refuses numbers that go back', () => {
    assert.throws(() => Ranges.of([2, 2]), RangeError);
  });
});

describe('referee: I5, acknowledged rows', () => {
  const acknowledged = [
    { what: 'referee writes (ordinary)', host: 'cc1', ids: Ranges.of([1, 2, 3, 4]), lastMs: 90 },
    { what: 'cmon heartbeats', host: 'cc2', ids: Ranges.of([5, 6]) },
  ];

  it('names the missing ids, who acknowledged them, and where they are not', () => {
    const [violation, ...others] = missingRows(
      acknowledged,
      (one) => (one.host === 'cc1' ? Ranges.of([1, 3]) : one.ids),
      'cc2',
      100,
    );
    assert.equal(others.length, 0);
    assert.deepEqual([violation?.invariant, violation?.hosts, violation?.toMs], ['I5', ['cc1'], 90]);
    assert.match(violation?.evidence[0] ?? '', /2 of 4 .* acknowledged by cc1 are not on cc2: 2, 4;/);
  });

  it('has nothing to say when all are there', () => {
    assert.deepEqual(
      missingRows(acknowledged, (one) => one.ids, 'cc2', 100),
      [],
    );
  });

  it('reads only whole lines of that host from the log', () => {
    const lines = [
      '7 cc1 100 90 beat',
      '8 cc1 200 190 stop',
      '9 cc2 300 290 beat',
      '10 cc1 40',
      'garbage',
      '',
    ];
    assert.deepEqual(parseHeartbeats(lines, 'cc1'), [7, 8]);
  });
});
