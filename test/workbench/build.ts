import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';

export const ROOT = path.resolve(__dirname, '../..');
const SUITE_DIR = path.join(ROOT, 'test-results', 'extension-host');

/** What the extension host is told to run. */
export const SUITE = path.join(SUITE_DIR, 'index.js');

/** The extension as it ships, and the suite that runs beside it. */
export async function buildAll(): Promise<void> {
  execFileSync(process.execPath, ['esbuild.mjs'], { cwd: ROOT, stdio: 'inherit' });
  await build({
    entryPoints: ['index', 'suite'].map((name) => path.join(__dirname, 'host', `${name}.ts`)),
    outdir: SUITE_DIR,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
  });
}
