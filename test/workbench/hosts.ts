import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { ROOT, SUITE } from './build';
import type { SuiteResult } from './host/index';
import { launchBrowser } from './vscode/browser';
import { openPage, workbenchUrl } from './vscode/page';
import { startServer } from './vscode/server';
import { CLEAN_SETTINGS } from './vscode/settings';

/** `executable` is VSCODE_EXECUTABLE, `download` what @vscode/test-electron fetches, `web` the npm package's build. */
export type HostKind = 'executable' | 'download' | 'web';

const TAG = '\u0001test\u0001';
const LIMIT_MS = 300_000;
const NOISE = /Service Worker\] registration|not a web extension|gallery/;

export interface Host {
  readonly kind: HostKind;
  readonly executable: string | undefined;
}

/** CCHA_VSCODE_HOST forces one; else VSCODE_EXECUTABLE, else a download, else the web build. */
export async function chooseHost(): Promise<Host> {
  const forced = process.env['CCHA_VSCODE_HOST'];
  const given = process.env['VSCODE_EXECUTABLE'];
  if (forced === 'web') {
    return { kind: 'web', executable: undefined };
  }
  if (given && forced !== 'download') {
    return { kind: 'executable', executable: given };
  }
  if (forced === 'executable') {
    throw new Error('CCHA_VSCODE_HOST=executable needs VSCODE_EXECUTABLE');
  }
  try {
    const version = process.env['VSCODE_VERSION'] ?? 'stable';
    return { kind: 'download', executable: await downloadAndUnzipVSCode({ version, timeout: 15_000 }) };
  } catch (error) {
    if (forced === 'download') {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    console.log(`no VS Code can be downloaded here (${reason}): using the web build`);
    return { kind: 'web', executable: undefined };
  }
}

/** A scratch folder with a copy of the fixture workspace. */
export function copyFixture(name: string, into: string): string {
  const target = path.join(into, name);
  cpSync(path.join(__dirname, 'fixtures', name), target, { recursive: true });
  return target;
}

/** The exit code of the workbench is not believed: a dead extension host ends with 0. The result file is. */
function readResult(file: string, exitCode: number): SuiteResult {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SuiteResult;
  } catch {
    throw new Error(`the extension host ended (exit code ${exitCode}) before the suite did`);
  }
}

async function runOnDesktop(
  executable: string,
  folder: string,
  suite: string,
  scratch: string,
): Promise<number> {
  const userData = path.join(scratch, 'user');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User', 'settings.json'), JSON.stringify(CLEAN_SETTINGS));
  const dirs = [`--user-data-dir=${userData}`, `--extensions-dir=${path.join(scratch, 'extensions')}`];
  try {
    return await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: suite,
      launchArgs: [folder, '--disable-extensions', ...dirs],
      extensionTestsEnv: process.env,
    });
  } catch (error) {
    // The suite's own failures are in the result file; anything else leaves none.
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

async function runOnWeb(folder: string, suite: string): Promise<number> {
  const env = { ...(process.env as Record<string, string>), CCHA_TEST_TAG: TAG };
  const [server, browser] = await Promise.all([startServer({ env }), launchBrowser()]);
  try {
    const page = await openPage(browser, server, { folder, extension: ROOT, tests: suite });
    const rest: string[] = [];
    const code = await new Promise<number>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`no result after ${LIMIT_MS} ms`)), LIMIT_MS);
      const finish = (exitCode: number): void => {
        clearTimeout(limit);
        resolve(exitCode);
      };
      // The workbench calls these two when the extension host logs and when it exits during a test run.
      const log = (type: string, args: unknown[]): void => {
        const text = args.map((arg) => (typeof arg === 'string' ? arg : inspect(arg))).join(' ');
        if (text.startsWith(TAG)) {
          console.log(text.slice(TAG.length));
        } else if ((type === 'error' || type === 'warn') && !NOISE.test(text)) {
          rest.push(`[${type}] ${text}`);
        }
      };
      page.on('crash', () => reject(new Error('the browser page crashed')));
      Promise.all([
        page.exposeFunction('codeAutomationLog', log),
        page.exposeFunction('codeAutomationExit', finish),
      ])
        .then(() => page.goto(workbenchUrl(server, folder)))
        .catch(reject);
    });
    if (code !== 0) {
      console.error(['--- warnings and errors of the workbench', ...rest.slice(-40)].join('\n'));
    }
    return code;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Runs a suite in the extension host of a host, in a copy of the fixture workspace. @throws when it ends early. */
export async function runHostSuite(host: Host, fixture: string, suite = SUITE): Promise<SuiteResult> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-suite-'));
  const resultFile = path.join(scratch, 'result.json');
  process.env['CCHA_TEST_RESULT'] = resultFile;
  try {
    const folder = copyFixture(fixture, scratch);
    const code = host.executable
      ? await runOnDesktop(host.executable, folder, suite, scratch)
      : await runOnWeb(folder, suite);
    return readResult(resultFile, code);
  } finally {
    delete process.env['CCHA_TEST_RESULT'];
    rmSync(scratch, { recursive: true, force: true });
  }
}
