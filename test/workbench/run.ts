// `npm run test:workbench [-- PATTERN...]`: the extension in the real VS Code. First the suite inside the extension host,
// then what only a person's hands can do, by Playwright. Options and environment: see test/workbench/README.md.
import { buildAll } from './build';
import { chooseHost, runHostSuite } from './hosts';
import type { SuiteResult } from './host/index';
import { runFile, runOnceMore, uiFiles } from './uiFiles';
import { installWebBuild } from './vscode/install';

interface Options {
  /** `host`, a folder of ui/, or a part of a file's name. None: everything. */
  readonly patterns: readonly string[];
  /** Somebody has built what is tested: suites side by side must not take it away from each other. */
  readonly built: boolean;
  /** The second try of one file is not tried again. */
  readonly again: boolean;
}

function parse(words: readonly string[]): Options {
  const patterns = words.filter((word) => !word.startsWith('--'));
  return { patterns, built: words.includes('--built'), again: words.includes('--again') };
}

async function runUiSuite({ patterns, again }: Options): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const file of uiFiles(patterns)) {
    const first = await runFile(file);
    results.push(first.failed === 0 || again ? first : await runOnceMore(file));
  }
  return results;
}

async function main(options: Options): Promise<number> {
  const { patterns, built, again } = options;
  const started = Date.now();
  if (!built && !again) await buildAll();
  const results: SuiteResult[] = [];
  if (patterns.length === 0 || patterns.includes('host')) {
    const host = await chooseHost();
    console.log(`extension host: ${host.kind}${host.executable ? ` (${host.executable})` : ''}`);
    results.push(await runHostSuite(host, 'pair'));
  }
  if (patterns.join() !== 'host') {
    installWebBuild();
    results.push(...(await runUiSuite(options)));
  }
  const sum = (key: keyof SuiteResult): number => results.reduce((total, result) => total + result[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  console.log(`workbench suite: ${((Date.now() - started) / 60_000).toFixed(1)} min`);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
main(parse(process.argv.slice(2))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
