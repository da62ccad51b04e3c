// `npm test`: every suite, side by side where the machine has room; its minutes; and one closing line over all.
import { prepareMachine } from '../lab/image/machine';
import { buildAll } from '../workbench/build';
import { addCounts, closingText } from './closingLine';
import { runSuite } from './runSuite';
import { Schedule } from './schedule';
import { SUITES } from './suites';

const children = new Set<number>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const pid of children) process.kill(-pid, signal);
    process.exit(130);
  });
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
  const inCi = process.env.CI === 'true';
  const schedule = new Schedule({ run: (suite) => runSuite(suite, children), say: console.log, inCi });
  await prepareOnce();
  await buildAll();
  const results = await schedule.run(suites);
  const total = addCounts(results.map((result) => result.counts));
  console.log(`${results.length} of ${suites.length} suites in ${schedule.told()}`);
  const skippedInCi = inCi && total.skipped > 0;
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
