import { closingText } from './closingLine';
import { ProcessorTime } from './processorTime';
import { runSuite, type SuiteResult } from './runSuite';
import { CAPACITY, type Suite } from './suites';

/** A run that its machine ends says nothing at all: better a failure with its reason. */
const CI_MINUTES = 85;

/** Runs suites side by side where the machine has room, and what failed once more. Says how each ended. */
export class Schedule {
  private readonly startedMs = Date.now();
  private readonly processorTime = new ProcessorTime();
  private readonly inCi = process.env.CI === 'true';

  /** @param children Process groups to end when the run is interrupted. */
  constructor(private readonly children: Set<number>) {}

  /** Every suite that there is time for; what failed, once more. */
  async run(suites: readonly Suite[]): Promise<SuiteResult[]> {
    return this.onceMore(await this.all(suites, CAPACITY, true));
  }

  /** How long it took, and on what. */
  told(): string {
    return `${this.minutes().toFixed(1)} min on ${this.processorTime.told()}`;
  }

  private minutes(): number {
    return (Date.now() - this.startedMs) / 60_000;
  }

  /** Less where others have a part of the processors, never less than one lab's on two cores. */
  private room(most: number): number {
    return Math.max(2, most * (1 - this.processorTime.lately().stolen));
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
      if (first && this.inCi && this.minutes() > (suite.beginsWithinMinutes ?? Infinity)) {
        console.log(`left out: ${suite.name}: no time after ${this.told()}`);
        continue;
      }
      running.set(
        suite,
        runSuite(suite, this.children).then((result) => {
          results.push(result);
          report(result);
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
      if (this.inCi && endsAfter > CI_MINUTES) {
        console.log(
          `no time for a second try of ${suite.name}: it would end after ${endsAfter.toFixed(0)} min`,
        );
      } else {
        again.push(suite);
      }
    }
    for (const second of await this.all(again, CAPACITY / 2, false)) {
      const { name } = second.suite;
      console.log(`retried: ${name}: at first ${closingText(final.get(name)!.counts)}`);
      final.set(name, second);
    }
    return [...final.values()];
  }
}

function report(result: SuiteResult): void {
  console.log(
    `${result.suite.name.padEnd(24)} ${closingText(result.counts).padEnd(40)} ${result.minutes.toFixed(1)} min`,
  );
  for (const remark of result.remarks) console.log(`  ${remark}`);
}
