// `npm test`: every suite, side by side where the machine has room; its minutes; and one closing line over all.
import { prepareMachine } from '../lab/image/machine';
import { buildAll } from '../workbench/build';
import { addCounts, closingText } from './closingLine';
import { runSuite, type SuiteResult } from './runSuite';
import { CAPACITY, IS_SMALL, SUITES, type Suite } from './suites';

const children = new Set<number>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const pid of children) process.kill(-pid, signal);
    process.exit(130);
  });
}

function report(result: SuiteResult): void {
  console.log(
    `${result.suite.name.padEnd(24)} ${closingText(result.counts).padEnd(40)} ${result.minutes.toFixed(1)} min`,
  );
  for (const remark of result.remarks) console.log(`  ${remark}`);
}

/** Starts suites in their order, each as soon as there is room for its weight. */
async function runAll(suites: readonly Suite[]): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  const running = new Map<Suite, Promise<void>>();
  const load = (): number => [...running.keys()].reduce((sum, suite) => sum + suite.weight, 0);
  for (const suite of suites) {
    while (running.size > 0 && load() + suite.weight > CAPACITY) await Promise.race(running.values());
    running.set(
      suite,
      runSuite(suite, children).then((result) => {
        results.push(result);
        report(result);
        running.delete(suite);
      }),
    );
  }
  await Promise.all(running.values());
  return results;
}

/** A run that its machine ends says nothing at all: better a failure with its reason. */
const CI_MINUTES = 85;

/**
 * A suite on real hosts or in the real editor that failed beside others has the machine to itself once. What fails twice is
 * a fault; what passed then is named in the summary, with what failed before. A broken invariant gets no second try.
 */
async function onceMoreAlone(results: readonly SuiteResult[], startedMs: number): Promise<SuiteResult[]> {
  const final: SuiteResult[] = [];
  for (const result of results) {
    if (result.counts.failed === 0 || result.suite.sure === true || result.violated) {
      final.push(result);
      continue;
    }
    const endsAfterMinutes = (Date.now() - startedMs) / 60_000 + result.minutes;
    if (process.env.CI === 'true' && endsAfterMinutes > CI_MINUTES) {
      const why = `no time for a second try of ${result.suite.name}: it would end after ${endsAfterMinutes.toFixed(0)} min`;
      console.log(why);
      final.push({ ...result, remarks: [...result.remarks, why] });
      continue;
    }
    const first = `retried: the whole suite, alone; at first ${closingText(result.counts)}`;
    const again = await runSuite(result.suite, children);
    const told = { ...again, remarks: [first, ...result.remarks, ...again.remarks] };
    report(told);
    final.push(told);
  }
  return final;
}

/** What suites would install side by side, waiting for apt's lock; and what those that only look need, too. */
async function prepareOnce(): Promise<void> {
  if (process.getuid?.() !== 0) return;
  await prepareMachine().catch((error: unknown) =>
    console.log(error instanceof Error ? error.message : error),
  );
}

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const suites =
    wanted.length === 0
      ? SUITES
      : SUITES.filter((suite) => wanted.some((name) => suite.name.startsWith(name)));
  if (IS_SMALL) {
    console.log(
      'Fewer than four cores: of the fault matrix one fault a step. The rest: npm run test:faults.',
    );
  }
  const started = Date.now();
  await prepareOnce();
  await buildAll();
  const total = addCounts(
    (await onceMoreAlone(await runAll(suites), started)).map((result) => result.counts),
  );
  console.log(`${suites.length} suites in ${((Date.now() - started) / 60_000).toFixed(1)} min`);
  const skippedInCi = process.env.CI === 'true' && total.skipped > 0;
  if (skippedInCi) console.log('In CI nothing may be skipped.');
  console.log(closingText(total));
  return total.failed > 0 || total.passed === 0 || skippedInCi ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
