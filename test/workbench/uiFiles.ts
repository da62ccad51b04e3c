import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { closingCounts } from '../all/closingLine';
import type { SuiteResult } from './host/index';

const UI = path.join(__dirname, 'ui');

const nameOf = (file: string): string => path.basename(file, '.test.ts');

/** Files of test/workbench/ui: in the folder, or with the name, or else with this in their name; all without patterns. */
export function uiFiles(patterns: readonly string[]): readonly string[] {
  const all = readdirSync(UI, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
  const picked = patterns.flatMap((word) => {
    const exact = all.filter((file) => path.dirname(file) === word || nameOf(file) === word);
    return exact.length > 0 ? exact : all.filter((file) => nameOf(file).includes(word));
  });
  return (patterns.length === 0 ? all : [...new Set(picked)]).map((file) => path.join(UI, file));
}

export async function runFile(file: string): Promise<SuiteResult> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, forbidOnly: true });
  mocha.addFile(file);
  await mocha.loadFilesAsync();
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  return { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0, skipped: stats?.pending ?? 0 };
}

/**
 * A starved machine can spoil what hands do in an editor: the file is tried once more, from its beginning, as its cases build
 * on each other. In a process of its own: nothing of the first try is left.
 */
export async function runOnceMore(file: string): Promise<SuiteResult> {
  console.log(`retried: test/workbench/ui/${path.relative(UI, file)}`);
  const tsx = path.join(__dirname, '../../node_modules/.bin/tsx');
  const child = spawn(tsx, [path.join(__dirname, 'run.ts'), '--again', nameOf(file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
    process.stdout.write(chunk);
  });
  const end = (): boolean => child.kill('SIGTERM');
  process.once('exit', end);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  process.off('exit', end);
  const counts = closingCounts(output);
  if (counts === undefined || (code !== 0 && counts.failed === 0)) {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  return counts;
}
