import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './vscode/browser';
import { startServer, type ServerOptions, type VscodeServer } from './vscode/server';
import { SCREENSHOTS, Workbench } from './workbench';
import type { PageOptions } from './vscode/page';

/** A server, a browser and a scratch folder for the tests of one `describe`. */
export interface Session {
  readonly scratch: string;
  readonly server: VscodeServer;
  readonly browser: Browser;
  /** Opens a window; every window is closed after the tests. */
  open(options: PageOptions): Promise<Workbench>;
}

/** Call inside `describe`: a failing test leaves a picture of each open window. */
export function pictureFailures(windows: () => readonly Workbench[]): void {
  afterEach(async function () {
    const test = this.currentTest;
    if (!test?.isFailed()) {
      return;
    }
    mkdirSync(SCREENSHOTS, { recursive: true });
    const name = test.fullTitle().replace(/\W+/g, '-').slice(0, 120);
    for (const [index, { page }] of windows().entries()) {
      await page
        .screenshot({ path: path.join(SCREENSHOTS, `failed-${name}-${index}.png`) })
        .catch(() => undefined);
    }
  });
}

/** Call inside `describe`. A failing test leaves a picture of each open window in test-results/screenshots. */
export function useSession(options: (scratch: string) => ServerOptions = () => ({})): Session {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-ui-'));
  const windows: Workbench[] = [];
  let server: VscodeServer | undefined;
  let browser: Browser | undefined;

  const started = <T>(part: T | undefined): T => {
    if (part === undefined) {
      throw new Error('the session has not started: use it inside tests and hooks');
    }
    return part;
  };

  before('the editor starts', async () => {
    [server, browser] = await Promise.all([startServer(options(scratch)), launchBrowser()]);
  });
  pictureFailures(() => windows);
  after('the editor ends', async () => {
    await browser?.close();
    await server?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  return {
    scratch,
    get server() {
      return started(server);
    },
    get browser() {
      return started(browser);
    },
    open: async (page) => {
      const workbench = await Workbench.open(started(browser), started(server), page);
      windows.push(workbench);
      return workbench;
    },
  };
}
