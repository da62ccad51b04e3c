import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from '../../core/errors';

/** Where the command line's hooks stand (XDG Base Directory): the user's own settings, never the inventory's folder. */
export function hooksFile(env: NodeJS.ProcessEnv): string {
  const config = env['XDG_CONFIG_HOME'];
  const base = config?.startsWith('/') ? config : join(homedir(), '.config');
  return join(base, 'clustercontrol-ha', 'hooks.json');
}

/**
 * The file's value; undefined where there is none.
 * @throws OperatorError for one that others could write (it says what is run in the operator's name) and for no JSON.
 */
export async function readHooksFile(path: string): Promise<unknown> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw unusable(path, error instanceof Error ? error.message : String(error), error);
  }
  try {
    const { mode, uid } = await file.stat();
    const mine = process.getuid?.();
    if (mine !== undefined && uid !== mine && uid !== 0) {
      throw unusable(path, `it belongs to user ${uid}, not to you`);
    }
    if ((mode & 0o022) !== 0) throw unusable(path, 'others may write it; take that away (chmod go-w)');
    return JSON.parse(await file.readFile('utf8')) as unknown;
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw unusable(path, error instanceof Error ? error.message : String(error), error);
  } finally {
    await file.close();
  }
}

function unusable(path: string, why: string, cause?: unknown): OperatorError {
  return new OperatorError({
    code: 'format-unknown',
    what: `The hooks in ${path} can't be used: ${why}.`,
    state: 'Nothing was begun.',
    next: 'Mend the file (docs/hooks.md), or remove it.',
    cause,
  });
}
