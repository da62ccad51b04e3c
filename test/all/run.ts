// `npm test`: every suite, side by side where the machine has room; its minutes; and one closing line over all.
import { prepareMachine } from '../lab/image/machine';
import { buildAll } from '../workbench/build';
import { addCounts, closingText } from './closingLine';
import { runSuite } from './runSuite';
import { Schedule } from './schedule';
import { SUITES } from './suites';

/** CI ends a run of 90 minutes without a word. */
const CI_ENDS_AFTER_MS = 86 * 60_000;
/** What a lab takes to clear itself away. */
const CLEARED_AWAY_MS = 60_000;

const children = new Set<number>();

function endAll(signal: NodeJS.Signals): void {
  for (const pid of children) {
    try {
      process.kill(-pid, signal);
    } catch {
      // It has just ended.
    }
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    endAll(signal);
    process.exit(130);
  });
}

/** Better a failure with its reason, and with the results until then, than no word. */
function endInTime(schedule: Schedule): void {
  setTimeout(() => {
    schedule.end();
    endAll('SIGTERM');
    setTimeout(() => endAll('SIGKILL'), CLEARED_AWAY_MS).unref();
  }, CI_ENDS_AFTER_MS).unref();
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
  if (inCi) endInTime(schedule);
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
