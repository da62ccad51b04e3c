import { runReport } from '../../core/run/report';
import type { Options } from '../args';
import { composeCommandLine } from '../compose';
import { EXIT, UsageError } from '../exitCodes';

/** What happened in a run, Markdown. */
export async function report(options: Options): Promise<number> {
  const [runId] = options.words;
  if (runId === undefined) throw new UsageError('report takes the id of a run (cli.js runs)');
  const parts = composeCommandLine(options);
  try {
    const snapshot = await parts.operations.snapshotOf(runId);
    console.log(options.json ? JSON.stringify(snapshot) : runReport(snapshot));
    return EXIT.done;
  } finally {
    await parts.close();
  }
}
