import type { Options } from '../args';
import { composeCommandLine } from '../compose';
import { EXIT } from '../exitCodes';

/** Journals of this machine. */
export async function runs(options: Options): Promise<number> {
  const parts = composeCommandLine(options);
  try {
    const all = await parts.operations.runs();
    if (options.json) {
      console.log(
        JSON.stringify(
          all.map(({ runId, end, summary, next }) => ({ runId, end: end ?? null, summary, next })),
        ),
      );
    } else {
      for (const { runId, end, summary } of all) console.log(`${runId}  ${end ?? 'no end'}  ${summary}`);
    }
    return EXIT.done;
  } finally {
    await parts.close();
  }
}
