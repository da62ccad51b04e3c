// Runs inside the extension host, of the desktop VS Code and of the web build alike: the same bundle for both.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The web workbench mixes its own log lines into the stream that carries ours: a tag tells them apart. */
function tagConsole(tag: string): void {
  const real = globalThis.console;
  const tagged = Object.create(real) as Console;
  for (const level of ['log', 'info', 'debug', 'warn', 'error'] as const) {
    Object.defineProperty(tagged, level, {
      value: (...args: unknown[]) => real[level](tag + format(...args)),
    });
  }
  globalThis.console = tagged;
}

/** VS Code calls this. It writes the result file that the launcher demands: a dead host writes none. */
export async function run(): Promise<void> {
  const tag = process.env['CCHA_TEST_TAG'];
  if (tag) {
    tagConsole(tag);
  }
  // Loaded now: mocha keeps the console that it finds.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, forbidOnly: true, color: false });
  const { CCHA_TEST_GREP: grep, CCHA_TEST_RESULT: resultFile } = process.env;
  if (grep) {
    mocha.grep(grep);
  }
  mocha.addFile(path.join(__dirname, 'suite.js'));
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const result: SuiteResult = {
    passed: stats?.passes ?? 0,
    failed: stats?.failures ?? 0,
    skipped: stats?.pending ?? 0,
  };
  if (resultFile) {
    writeFileSync(resultFile, JSON.stringify(result));
  }
  if (result.failed > 0) {
    throw new Error(`${result.failed} failed`);
  }
}
