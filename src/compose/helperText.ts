import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The helper as `npm run build` joins it, beside the bundles. `folder` is where this program's own bundle stands. */
export function helperTextIn(folder: string): () => Promise<string> {
  return () => readFile(path.join(folder, 'host', 'clustercontrol-ha'), 'utf8');
}
