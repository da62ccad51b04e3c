import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { OperatorError } from '../core/errors';
import type { HostAssets } from '../core/schemes/scheme';

/**
 * The product's own on-host files as `npm run build` joins them, by name. `folder` is where this program's own bundle
 * stands. @throws OperatorError where they are missing: a tree without them would look whole.
 */
export async function hostAssetsIn(folder: string): Promise<HostAssets> {
  const host = path.join(folder, 'host');
  try {
    const names = await readdir(host);
    const texts = await Promise.all(
      names.map(async (name) => [name, await readFile(path.join(host, name), 'utf8')] as const),
    );
    return Object.fromEntries(texts);
  } catch (error) {
    throw new OperatorError({
      code: 'internal',
      what: `The files that belong on hosts can't be read: ${error instanceof Error ? error.message : String(error)}`,
      state: 'Nothing was written.',
      next: 'Install the extension again, or run `npm run build`.',
      cause: error,
    });
  }
}
