import { writeFile } from 'node:fs/promises';
import type { Options } from './args';

/** The answer of a verb: to standard output, or into the file that `--out` names. */
export async function tell({ out }: Pick<Options, 'out'>, text: string): Promise<void> {
  if (out === undefined) console.log(text);
  else await writeFile(out, text.endsWith('\n') ? text : `${text}\n`);
}
