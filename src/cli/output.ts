import { constants } from 'node:fs';
import { access, mkdir, open, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../core/errors';
import type { Options } from './args';

type Out = Pick<Options, 'out'>;

/**
 * The answer of a verb that changes no host: to standard output, or into the file that `--out` names.
 * @throws OperatorError where that can't be written.
 */
export async function tell({ out }: Out, text: string): Promise<void> {
  if (out === undefined) {
    console.log(text);
    return;
  }
  await writeFile(out, text.endsWith('\n') ? text : `${text}\n`).catch((error: unknown) => {
    throw unwritable(
      out,
      error,
      'No host was changed. If the file is there, it may not be whole.',
      'Name another file by --out, or none: then the answer goes to standard output.',
    );
  });
}

/**
 * The report on hosts that were changed. A file that can't be written takes nothing from that: then standard output has the
 * report. Not with `--json`: Markdown has no place among its lines, and the last of them has all figures.
 * @param done what is so whatever becomes of the file
 */
export async function tellAfterwards(
  options: Out & Pick<Options, 'json'>,
  text: string,
  done: string,
): Promise<void> {
  try {
    await tell(options, text);
  } catch (error) {
    const where = options.json ? 'The last line of standard output has its figures.' : 'The report:';
    console.error(`${error instanceof Error ? error.message : String(error)}\n${done} ${where}`);
    if (!options.json) console.log(text);
  }
}

/**
 * Whether `--out` can be written, before anything begins that the answer would be about. A file that was not there is not
 * there afterwards either. @throws OperatorError
 */
export async function checkOut({ out }: Out): Promise<void> {
  if (out === undefined) return;
  await tryToOpen(out).catch((error: unknown) => {
    throw unwritable(out, error, 'Nothing was begun.', 'Name another file by --out.');
  });
}

async function tryToOpen(out: string): Promise<void> {
  try {
    await (await open(out, 'ax')).close();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const there = await stat(out).catch(() => undefined);
    // Whoever reads a pipe takes a close for the end of the answer.
    if (there?.isFIFO() || there?.isCharacterDevice()) await access(out, constants.W_OK);
    else await (await open(out, 'a')).close();
    return;
  }
  await unlink(out);
}

/** One file of a tree, its folders with it. @throws OperatorError @param state what has become of the tree until then */
export async function writeInTree(file: string, content: string, state: () => string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  } catch (error) {
    throw unwritable(file, error, state(), 'Make it possible, or name another folder by --out.');
  }
}

function unwritable(file: string, cause: unknown, state: string, next: string): OperatorError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new OperatorError({
    code: 'internal',
    what: `${file} can't be written: ${reason}`,
    state,
    next,
    cause,
  });
}
