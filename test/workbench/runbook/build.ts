import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { ROOT } from '../build';

/** Where the extension with the scripted operations is built. */
export const RUNBOOK_EXTENSION = path.join(ROOT, 'test-results', 'runbook-extension');

/** The page as it ships (`buildAll` has built it), under an extension of the tests' own. */
export async function buildRunbookExtension(plugins: Plugin[] = []): Promise<string> {
  const source = path.join(__dirname, 'extension');
  mkdirSync(path.join(RUNBOOK_EXTENSION, 'dist'), { recursive: true });
  cpSync(path.join(source, 'package.json'), path.join(RUNBOOK_EXTENSION, 'package.json'));
  cpSync(path.join(ROOT, 'dist', 'webview'), path.join(RUNBOOK_EXTENSION, 'dist', 'webview'), {
    recursive: true,
  });
  await build({
    entryPoints: [path.join(source, 'main.ts')],
    outfile: path.join(RUNBOOK_EXTENSION, 'main.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    plugins,
  });
  return RUNBOOK_EXTENSION;
}
