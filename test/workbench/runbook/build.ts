import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { ROOT } from '../build';
import { OTHER_PAGES } from './otherPages';
import { scenarios } from './scenarios';

/** Where the extension with the scripted operations is built. */
export const RUNBOOK_EXTENSION = path.join(ROOT, 'test-results', 'runbook-extension');

/** One command for each state: `Runbook Page: Show done`. */
const manifest = {
  name: 'runbook-page-test',
  displayName: 'Runbook page, with a scripted operation behind it',
  version: '0.0.0',
  publisher: 'clustercontrol-ha',
  engines: { vscode: '^1.95.0' },
  main: './main.js',
  activationEvents: ['onWebviewPanel:clustercontrolHa.runbook'],
  contributes: {
    commands: [...Object.keys(scenarios), ...OTHER_PAGES].map((name) => ({
      command: `runbookPageTest.${name}`,
      title: `Show ${name}`,
      category: 'Runbook Page',
    })),
  },
};

/** Recorded hosts are found from their reader's own folder, which a bundle would forget. */
const ownFolders: Plugin = {
  name: 'own-folders',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]test[\\/]unit[\\/].*\.ts$/ }, ({ path: file }) => ({
      loader: 'ts',
      contents: readFileSync(file, 'utf8').replaceAll('__dirname', JSON.stringify(path.dirname(file))),
    }));
  },
};

/** The page as it ships (`buildAll` has built it), under an extension of the tests' own. */
export async function buildRunbookExtension(plugins: Plugin[] = []): Promise<string> {
  const source = path.join(__dirname, 'extension');
  mkdirSync(path.join(RUNBOOK_EXTENSION, 'dist'), { recursive: true });
  writeFileSync(path.join(RUNBOOK_EXTENSION, 'package.json'), JSON.stringify(manifest, undefined, 2));
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
    plugins: [ownFolders, ...plugins],
  });
  return RUNBOOK_EXTENSION;
}
