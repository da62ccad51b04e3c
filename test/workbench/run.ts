// `npm run test:workbench [pattern]`: the extension in the real VS Code. First the suite inside the extension host,
// then what only a person's hands can do, by Playwright. Environment: see test/workbench/README.md.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { buildAll } from './build';
import { chooseHost, runHostSuite } from './hosts';
import type { SuiteResult } from './host/index';
import { installWebBuild } from './vscode/install';

/** Files of test/workbench/ui whose name holds the pattern. */
async function runUiSuite(pattern: string): Promise<SuiteResult> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, forbidOnly: true });
  const folder = path.join(__dirname, 'ui');
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.test.ts') && file.includes(pattern)) {
      mocha.addFile(path.join(folder, file));
    }
  }
  await mocha.loadFilesAsync();
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  return { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0, skipped: stats?.pending ?? 0 };
}

async function main(): Promise<number> {
  const pattern = process.argv[2] ?? '';
  const started = Date.now();
  const host = await chooseHost();
  console.log(`extension host: ${host.kind}${host.executable ? ` (${host.executable})` : ''}`);
  await buildAll();
  const results: SuiteResult[] = [];
  if (pattern === '' || pattern === 'host') {
    results.push(await runHostSuite(host, 'pair'));
  }
  if (pattern !== 'host') {
    installWebBuild();
    results.push(await runUiSuite(pattern));
  }
  const sum = (key: keyof SuiteResult): number => results.reduce((total, result) => total + result[key], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  console.log(`workbench suite: ${((Date.now() - started) / 60_000).toFixed(1)} min`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
