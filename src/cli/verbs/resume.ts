import type { Options } from '../args';
import { composeCommandLine } from '../compose';
import { UsageError } from '../exitCodes';
import { chooseSite } from '../inventory';
import { follow } from './run';

/** Finishes a run that has no end, or undoes it. What is not known of it is verified first. */
export async function resume(options: Options): Promise<number> {
  const [runId, ...rest] = options.words;
  if (runId === undefined || rest.length > 0)
    throw new UsageError('resume takes the id of a run (cli.js runs)');
  const parts = composeCommandLine(options);
  try {
    const { plan } = await parts.operations.snapshotOf(runId);
    const site = await chooseSite({ ...options, site: options.site ?? plan.site });
    const one = parts.operations.newRun(site);
    const { operator } = parts.operations;
    return await follow(options, plan, one, operator, () =>
      one.resume(runId, { operator, intent: options.undo ? 'undo' : 'finish' }),
    );
  } finally {
    await parts.close();
  }
}
