// Unit and golden tests, in seconds, without lab or editor.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { closingText } from './closingLine';
import { ROOT } from './suites';

async function main(): Promise<number> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, forbidOnly: true, reporter: 'dot' });
  for (const folder of ['test/unit', 'test/golden']) {
    const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.test.ts')).sort()) {
      mocha.addFile(path.join(ROOT, folder, file));
    }
  }
  await mocha.loadFilesAsync();
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const counts = { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0, skipped: stats?.pending ?? 0 };
  console.log(closingText(counts));
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
