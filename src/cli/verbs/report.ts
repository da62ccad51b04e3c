import type { Options } from '../args';
import { composeCommandLine } from '../compose';
import { EXIT, UsageError } from '../exitCodes';
import { tell } from '../output';
import { runIdOf } from '../runId';

/** What happened in a run, Markdown. */
export async function report(options: Options): Promise<number> {
  const [word] = options.words;
  if (word === undefined) throw new UsageError('report takes the id of a run (cli.js runs)');
  const runId = runIdOf(word);
  const parts = composeCommandLine(options);
  try {
    const { operations } = parts;
    await tell(
      options,
      options.json ? JSON.stringify(await operations.snapshotOf(runId)) : await operations.report(runId),
    );
    return EXIT.done;
  } finally {
    await parts.close();
  }
}
