import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

export const ROOT = path.resolve(__dirname, '../..');
const SUITE_DIR = path.join(ROOT, 'test-results', 'extension-host');

/** What the extension host is told to run. */
export const SUITE = path.join(SUITE_DIR, 'index.js');

/** The user interface over doubles: test/workbench/double. */
export const DOUBLE = path.join(ROOT, 'test-results', 'double');

async function buildDouble(): Promise<void> {
  rmSync(DOUBLE, { recursive: true, force: true });
  mkdirSync(DOUBLE, { recursive: true });
  for (const part of ['package.json', 'package.nls.json', 'media', 'l10n', 'docs']) {
    if (existsSync(path.join(ROOT, part))) {
      cpSync(path.join(ROOT, part), path.join(DOUBLE, part), { recursive: true });
    }
  }
  await build({
    entryPoints: [path.join(__dirname, 'double', 'extension.ts')],
    outdir: path.join(DOUBLE, 'dist'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode'],
  });
}

/** The extension as it ships, the suite that runs beside it, and the double. */
export async function buildAll(): Promise<void> {
  execFileSync(process.execPath, ['esbuild.mjs'], { cwd: ROOT, stdio: 'inherit' });
  await buildDouble();
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
