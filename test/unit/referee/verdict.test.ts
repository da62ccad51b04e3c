import assert from 'node:assert/strict';
import { assemble, type Findings } from '../../lab/referee/judge/assemble';
import { Coverage } from '../../lab/referee/judge/coverage';
import { verdictText } from '../../lab/referee/judge/text';
import type { Violation } from '../../lab/referee/judge/verdict';

const nothing: Findings = {
  violations: [],
  excuses: [],
  blind: [],
  figures: {
    writerHandovers: [],
    vipHandovers: [],
    snatSettling: [],
    acknowledgedWrites: {},
    acknowledgedHeartbeats: {},
    rates: [],
    refereeCpuShare: 0.1,
  },
  startedAt: '2026-01-01T00:00:00.000Z',
  watchedMs: 1000,
};

const twice = (fromMs: number, toMs: number, ...hosts: string[]): Violation => ({
  invariant: 'I1',
  hosts,
  fromMs,
  toMs,
  evidence: [`seen at ${String(fromMs)}`],
});

describe('referee: verdict', () => {
  it('is clean with no violation and no blind spot', () => {
    assert.equal(assemble(nothing).clean, true);
  });

  it('a blind referee is never clean', () => {
    const blind = [{ watch: 'snat', host: 'cc1', fromMs: 0, toMs: 900, reason: 'not asked' }];
    const verdict = assemble({ ...nothing, blind });
    assert.equal(verdict.clean, false);
    assert.match(verdictText(verdict), /no violation, blind 1 times[^]*blind: snat on cc1/);
  });

  it('joins the proofs of one thing and keeps different things apart', () => {
    const violations = [twice(5, 9, 'cc1', 'cc2'), twice(0, 6, 'cc1', 'cc2'), twice(20, 30, 'cc1', 'cc2')];
    const verdict = assemble({ ...nothing, violations });
    assert.deepEqual(
      verdict.violations.map((one) => [one.fromMs, one.toMs, one.evidence.length]),
      [
        [0, 9, 2],
        [20, 30, 1],
      ],
    );
    assert.equal(verdict.clean, false);
  });

  it('an excuse covers what lies inside its time, and says why', () => {
    const excuses = [{ invariant: 'I1' as const, reason: 'partition', fromMs: 0, toMs: 10 }];
    const violations = [twice(2, 8, 'cc1', 'cc2'), twice(20, 30, 'cc1', 'cc2')];
    const verdict = assemble({ ...nothing, violations, excuses });
    assert.deepEqual(
      verdict.excused.map((one) => [one.fromMs, one.reason]),
      [[2, 'partition']],
    );
    assert.deepEqual(
      verdict.violations.map((one) => one.fromMs),
      [20],
    );
  });
});

describe('referee: coverage of a watch', () => {
  const open = (): Coverage => new Coverage('write', 'cc1', { perSecond: 40, maxGapMs: 100 }, 0);

  it('has no blind spot while answers come often enough', () => {
    const coverage = open();
    for (let ms = 0; ms < 1000; ms += 10) coverage.answered(ms, ms + 1);
    const { rate, blind } = coverage.result(1000);
    assert.deepEqual(blind, []);
    assert.equal(rate.observations, 100);
  });

  it('names the time in which it did not look, and the one in which nobody answered', () => {
    const coverage = open();
    for (let ms = 0; ms < 400; ms += 10) coverage.answered(ms, ms + 1);
    coverage.answered(600, 601);
    coverage.answered(602, 900);
    for (let ms = 900; ms < 1000; ms += 10) coverage.answered(ms, ms + 1);
    assert.deepEqual(
      coverage.result(1000).blind.map((one) => [one.fromMs, one.toMs, one.reason]),
      [
        [391, 600, 'not asked'],
        [601, 900, 'asked, no answer'],
      ],
    );
  });

  it('names silence until the end, and a rate that is too low', () => {
    const coverage = open();
    for (let ms = 0; ms < 300; ms += 30) coverage.answered(ms, ms + 1);
    assert.deepEqual(
      coverage.result(1000).blind.map((one) => one.reason),
      ['no answer until the end of the watch', '10.0 answers a second; 40 are demanded'],
    );
  });
});
