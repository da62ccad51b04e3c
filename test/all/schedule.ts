import { closingText } from './closingLine';
import { ProcessorTime } from './processorTime';
import type { SuiteResult } from './runSuite';
import { CAPACITY, type Suite } from './suites';

/** A run that its machine ends says nothing at all: better a failure with its reason. */
const CI_MINUTES = 85;

/** Share of the processors that were to be had: above it, suites with limits of seconds wait for each other. */
const FULL = 0.93;

interface Surroundings {
  readonly run: (suite: Suite) => Promise<SuiteResult>;
  readonly say: (line: string) => void;
  /** Only there time is short. */
  readonly inCi: boolean;
  readonly nowMs?: () => number;
  readonly processorTime?: Pick<ProcessorTime, 'lately' | 'told'>;
}

/** Runs suites side by side where the machine has room, and what failed once more. Says how each ended. */
export class Schedule {
  private readonly nowMs: () => number;
  private readonly startedMs: number;
  private readonly processorTime: Pick<ProcessorTime, 'lately' | 'told'>;
  private over = false;

  constructor(private readonly around: Surroundings) {
    this.nowMs = around.nowMs ?? Date.now;
    this.startedMs = this.nowMs();
    this.processorTime = around.processorTime ?? new ProcessorTime();
  }

  /** Every suite that there is time for; what failed, once more. */
  async run(suites: readonly Suite[]): Promise<SuiteResult[]> {
    return this.onceMore(await this.all(suites, CAPACITY, true));
  }

  /** Nothing begins any more: what has not begun counts as failed. Who says this ends what runs. */
  end(): void {
    this.over = true;
    this.around.say(
      `CI's time is over after ${this.told()}: what runs is ended, and the rest counts as failed`,
    );
  }

  /** How long it took, and on what. */
  told(): string {
    return `${this.minutes().toFixed(1)} min on ${this.processorTime.told()}`;
  }

  private minutes(): number {
    return (this.nowMs() - this.startedMs) / 60_000;
  }

  /** Less where others have a part of the processors, or none is left; never less than two labs. */
  private room(most: number): number {
    const { busy, stolen } = this.processorTime.lately();
    const full = busy / (1 - stolen) > FULL ? 0.75 : 1;
    return Math.max(2, most * (1 - stolen) * full);
  }

  /** In their order, each as soon as there is room for its weight. */
  private async all(suites: readonly Suite[], most: number, first: boolean): Promise<SuiteResult[]> {
    const results: SuiteResult[] = [];
    const running = new Map<Suite, Promise<void>>();
    const load = (): number => [...running.keys()].reduce((sum, suite) => sum + suite.weight, 0);
    for (const suite of suites) {
      while (running.size > 0 && load() + suite.weight > this.room(most)) {
        await Promise.race(running.values());
      }
      if (this.over) {
        if (first) results.push(this.notBegun(suite));
        continue;
      }
      if (first && this.around.inCi && this.minutes() > (suite.beginsWithinMinutes ?? Infinity)) {
        this.around.say(`left out: ${suite.name}: no time after ${this.told()}`);
        continue;
      }
      running.set(
        suite,
        this.around.run(suite).then((result) => {
          results.push(result);
          this.report(result);
          running.delete(suite);
        }),
      );
    }
    await Promise.all(running.values());
    return results;
  }

  /**
   * A suite on real hosts or in the real editor that failed beside others is run again on half of the machine. What fails
   * twice is a fault; what passed then is named in the summary, with what failed before. A broken invariant gets no second try.
   */
  private async onceMore(results: readonly SuiteResult[]): Promise<SuiteResult[]> {
    const final = new Map(results.map((result) => [result.suite.name, result]));
    const again: Suite[] = [];
    for (const { suite, counts, minutes, violated } of results) {
      if (counts.failed === 0 || suite.sure === true || violated) continue;
      const endsAfter = this.minutes() + minutes;
      if (this.over || (this.around.inCi && endsAfter > CI_MINUTES)) {
        this.around.say(
          `no time for a second try of ${suite.name}: it would end after ${endsAfter.toFixed(0)} min`,
        );
      } else {
        again.push(suite);
      }
    }
    for (const second of await this.all(again, CAPACITY / 2, false)) {
      const { name } = second.suite;
      this.around.say(`retried: ${name}: at first ${closingText(final.get(name)!.counts)}`);
      final.set(name, second);
    }
    return [...final.values()];
  }

  private notBegun(suite: Suite): SuiteResult {
    this.around.say(`not begun: ${suite.name}`);
    const counts = { passed: 0, failed: 1, skipped: 0 };
    return { suite, counts, minutes: 0, logFile: '', remarks: [], violated: false };
  }

  private report({ suite, counts, minutes, remarks }: SuiteResult): void {
    this.around.say(`${suite.name.padEnd(24)} ${closingText(counts).padEnd(40)} ${minutes.toFixed(1)} min`);
    for (const remark of remarks) this.around.say(`  ${remark}`);
  }
}
