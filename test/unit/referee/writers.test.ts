import assert from 'node:assert/strict';
import { Writability, type Outcome, type Probe } from '../../lab/referee/judge/writability';
import { tenures, twoWriters } from '../../lab/referee/judge/writers';

type Step = readonly [host: string, startMs: number, outcome: Outcome, probe?: Probe];

/** Attempts that take 1 ms each. */
function spansOf(...steps: readonly Step[]): ReturnType<Writability['spans']> {
  const writability = new Writability(100);
  for (const [host, startMs, outcome, probe = 'ordinary'] of steps) {
    writability.add({ host, probe, startMs, endMs: startMs + 1, outcome });
  }
  return writability.spans();
}

describe('referee: spans of acknowledgements', () => {
  it('a refusal ends a span; a lost answer says nothing', () => {
    const spans = spansOf(
      ['cc1', 0, 'open'],
      ['cc1', 5, 'lost'],
      ['cc1', 10, 'open'],
      ['cc1', 15, 'closed'],
      ['cc1', 20, 'open'],
    );
    assert.deepEqual(
      spans.map((span) => [span.firstStartMs, span.lastEndMs, span.count]),
      [
        [0, 11, 2],
        [20, 21, 1],
      ],
    );
  });

  it('a refusal of one account says nothing of the other', () => {
    const spans = spansOf(
      ['cc1', 0, 'open', 'privileged'],
      ['cc1', 1, 'closed'],
      ['cc1', 5, 'open', 'privileged'],
    );
    assert.deepEqual(
      spans.map((span) => span.count),
      [2],
    );
  });

  it('what lies further apart than the referee may be blind is not one span', () => {
    assert.equal(spansOf(['cc1', 0, 'open'], ['cc1', 102, 'open']).length, 2);
  });
});

describe('referee: I1, two writers', () => {
  it('names both when cc2 acknowledges between two acknowledgements of cc1', () => {
    const [violation, ...others] = twoWriters(
      spansOf(['cc1', 0, 'open'], ['cc2', 3, 'open', 'privileged'], ['cc1', 10, 'open']),
    );
    assert.equal(others.length, 0);
    assert.equal(violation?.invariant, 'I1');
    assert.deepEqual(violation?.hosts, ['cc1', 'cc2']);
    assert.deepEqual([violation?.fromMs, violation?.toMs], [3, 4]);
    assert.match(
      violation?.evidence.join('\n') ?? '',
      /cc2 acknowledged writes \(privileged account\) 1 times/,
    );
  });

  it('takes the console for a proof too: read-only off is writable', () => {
    const found = twoWriters(spansOf(['cc1', 0, 'open'], ['cc2', 3, 'open', 'console'], ['cc1', 10, 'open']));
    assert.deepEqual(found[0]?.hosts, ['cc1', 'cc2']);
  });

  it('has nothing against a clean handover', () => {
    assert.deepEqual(twoWriters(spansOf(['cc1', 0, 'open'], ['cc1', 5, 'open'], ['cc2', 7, 'open'])), []);
  });

  it('has nothing against there and back when the first host was seen closed between', () => {
    const spans = spansOf(['cc1', 0, 'open'], ['cc1', 5, 'closed'], ['cc2', 7, 'open'], ['cc1', 12, 'open']);
    assert.deepEqual(twoWriters(spans), []);
  });
});

describe('referee: I7, an old primary that returns', () => {
  const thereAndBack = spansOf(
    ['cc1', 0, 'open'],
    ['cc1', 5, 'closed'],
    ['cc2', 10, 'open'],
    ['cc2', 15, 'closed'],
    ['cc1', 20, 'open'],
  );

  it('is named when nothing permitted it', () => {
    const { violations, last } = tenures(thereAndBack, [{ atMs: 1, host: 'cc2' }]);
    assert.deepEqual(
      violations.map((one) => [one.invariant, one.hosts, one.fromMs]),
      [['I7', ['cc1'], 21]],
    );
    assert.equal(last, 'cc1');
  });

  it('is no violation when it was promoted', () => {
    const permissions = [
      { atMs: 1, host: 'cc2' },
      { atMs: 16, host: 'cc1' },
    ];
    const { violations, handovers } = tenures(thereAndBack, permissions);
    assert.deepEqual(violations, []);
    assert.deepEqual(
      handovers.map((one) => [one.from, one.to, one.durationMs]),
      [
        ['cc1', 'cc2', 10],
        ['cc2', 'cc1', 10],
      ],
    );
  });

  it('is named while the new primary writes as well', () => {
    const spans = spansOf(
      ['cc1', 0, 'open'],
      ['cc1', 5, 'closed'],
      ['cc2', 10, 'open'],
      ['cc1', 15, 'open'],
      ['cc2', 20, 'open'],
    );
    assert.deepEqual(
      tenures(spans, []).violations.map((one) => one.hosts),
      [['cc1']],
    );
    assert.equal(twoWriters(spans).length, 1);
  });

  it('a primary that reboots and opens again is none', () => {
    const spans = spansOf(['cc1', 0, 'open'], ['cc1', 5, 'closed'], ['cc1', 90, 'open']);
    assert.deepEqual(tenures(spans, []), { violations: [], handovers: [], last: 'cc1' });
  });

  it('a standby that was writable for a moment took nothing over', () => {
    const spans = spansOf(['cc1', 0, 'open'], ['cc2', 5, 'open'], ['cc1', 10, 'open']);
    assert.deepEqual(tenures(spans, []), { violations: [], handovers: [], last: 'cc1' });
  });
});
