import assert from 'node:assert/strict';
import type { SuiteResult } from '../../all/runSuite';
import { Schedule } from '../../all/schedule';
import { CAPACITY, type Suite } from '../../all/suites';

const MINUTE_MS = 60_000;

/** Suites that take the minutes of their names by a clock of the test's, and fail as often as asked. */
class Machine {
  nowMs = 0;
  stolen = 0;
  busy = 0.5;
  readonly said: string[] = [];
  readonly ran: string[] = [];
  most = 0;
  /** When a suite ends. */
  ends = (): void => undefined;
  private readonly running = new Map<Suite, { readonly endsMs: number; readonly end: () => void }>();

  constructor(private readonly failures: Record<string, number> = {}) {}

  schedule(inCi: boolean): Schedule {
    return new Schedule({
      run: (suite) => this.run(suite),
      say: (line) => this.said.push(line),
      inCi,
      nowMs: () => this.nowMs,
      processorTime: {
        lately: () => ({ busy: this.busy, stolen: this.stolen, waiting: 0 }),
        told: () => 'this machine',
      },
    });
  }

  private async run(suite: Suite): Promise<SuiteResult> {
    this.ran.push(suite.name);
    const minutes = Number(/\d+/.exec(suite.name)?.[0]);
    const ended = new Promise<void>((end) =>
      this.running.set(suite, { endsMs: this.nowMs + minutes * MINUTE_MS, end }),
    );
    this.most = Math.max(this.most, this.running.size);
    setImmediate(() => this.endNext());
    await ended;
    const left = this.failures[suite.name] ?? 0;
    this.failures[suite.name] = left - 1;
    const counts = { passed: 1, failed: left > 0 ? 1 : 0, skipped: 0 };
    return { suite, counts, minutes, logFile: '', remarks: [], violated: suite.name.startsWith('broken') };
  }

  private endNext(): void {
    const [next] = [...this.running].sort(([, one], [, other]) => one.endsMs - other.endsMs);
    if (next === undefined) return;
    const [suite, { endsMs, end }] = next;
    this.running.delete(suite);
    this.nowMs = endsMs;
    this.ends();
    end();
  }
}

const suite = (name: string, more: Partial<Suite> = {}): Suite => ({
  name,
  command: ['true'],
  weight: 1,
  ...more,
});
const names = (results: readonly SuiteResult[]): string[] => results.map((one) => one.suite.name).sort();

describe('npm test: schedule', () => {
  const many = Array.from({ length: 12 }, (_, index) => suite(`10-${index}`));

  it('as many at once as the machine has room for, fewer where others have a part of it or none is left', async () => {
    const whole = new Machine();
    assert.equal((await whole.schedule(true).run(many)).length, many.length);
    assert.equal(whole.most, CAPACITY);
    const half = new Machine();
    half.stolen = 0.5;
    assert.equal((await half.schedule(true).run(many)).length, many.length);
    assert.equal(half.most, Math.max(2, Math.floor(CAPACITY / 2)));
    const full = new Machine();
    full.busy = 0.97;
    assert.equal((await full.schedule(true).run(many)).length, many.length);
    assert.equal(full.most, Math.max(2, Math.floor(CAPACITY * 0.75)));
  });

  it('what may be left out begins in time or not at all, and it is said; elsewhere than in CI it runs', async () => {
    const suites = [suite('70', { weight: CAPACITY }), suite('5', { beginsWithinMinutes: 62 })];
    const ci = new Machine();
    assert.deepEqual(names(await ci.schedule(true).run(suites)), ['70']);
    assert.match(ci.said.join('\n'), /^left out: 5: no time after 70\.0 min on this machine$/m);
    assert.deepEqual(names(await new Machine().schedule(false).run(suites)), ['5', '70']);
  });

  it('what failed runs once more, also what came in time only then; its second result counts', async () => {
    const suites = [suite('60'), suite('9', { beginsWithinMinutes: 62 })];
    const machine = new Machine({ '60': 0, '9': 1 });
    const results = await machine.schedule(true).run(suites);
    assert.deepEqual(machine.ran, ['60', '9', '9']);
    assert.deepEqual(
      results.map(({ counts }) => counts.failed),
      [0, 0],
    );
    assert.match(machine.said.join('\n'), /^retried: 9: at first 1 passed, 1 failed, 0 skipped$/m);
  });

  it('once its time is over nothing begins, and what had not begun counts as failed', async () => {
    const machine = new Machine({ '11': 1 });
    const schedule = machine.schedule(true);
    machine.ends = () => schedule.end();
    const suites = [suite('11', { weight: CAPACITY }), suite('12', { weight: CAPACITY }), suite('13')];
    const results = await schedule.run(suites);
    assert.deepEqual(machine.ran, ['11']);
    assert.deepEqual(
      results.map(({ counts }) => counts.failed),
      [1, 1, 1],
    );
    assert.match(machine.said.join('\n'), /CI's time is over after 11\.0 min on this machine/);
    assert.match(machine.said.join('\n'), /^not begun: 12\nnot begun: 13$/m);
  });

  it('what would end too late in CI, what is sure, and what broke an invariant fail for good', async () => {
    const late = new Machine({ '50': 1 });
    const [result] = await late.schedule(true).run([suite('50')]);
    assert.deepEqual([late.ran, result?.counts.failed], [['50'], 1]);
    assert.match(late.said.join('\n'), /no time for a second try of 50: it would end after 100 min/);
    const sure = new Machine({ '1': 1 });
    await sure.schedule(false).run([suite('1', { sure: true })]);
    assert.deepEqual(sure.ran, ['1']);
    const broken = new Machine({ 'broken 1': 1 });
    await broken.schedule(false).run([suite('broken 1')]);
    assert.deepEqual(broken.ran, ['broken 1']);
  });
});
