import type { Options } from '../args';
import { composeCommandLine } from '../compose';
import { EXIT, UsageError } from '../exitCodes';

/** What happened in a run, Markdown. */
export async function report(options: Options): Promise<number> {
  const [runId] = options.words;
  if (runId === undefined) throw new UsageError('report takes the id of a run (cli.js runs)');
  const parts = composeCommandLine(options);
  try {
    if (options.json) console.log(JSON.stringify(await parts.operations.snapshotOf(runId)));
    else console.log(await parts.operations.report(runId));
    return EXIT.done;
  } finally {
    await parts.close();
  }
}
