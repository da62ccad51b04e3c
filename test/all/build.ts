import { spawnSync } from 'node:child_process';
import { ROOT } from './suites';

/** The bundles, once, before the suites that use them. @throws when the build fails. */
export function buildOnce(): void {
  const result = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: ROOT, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`the build failed:\n${result.stdout}${result.stderr}`);
}
