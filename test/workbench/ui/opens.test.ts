import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ROOT } from '../build';
import { copyFixture } from '../hosts';
import { launchBrowser } from '../vscode/browser';
import { startServer, type VscodeServer } from '../vscode/server';
import { Workbench } from '../workbench';

describe('a server that listens on a unix socket', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-ui-'));
  let browser: Browser;
  let server: VscodeServer;

  before(async () => {
    [server, browser] = await Promise.all([
      startServer({ socketPath: path.join(scratch, 'vscode.sock') }),
      launchBrowser(),
    ]);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('shows the workbench with the extension through the forwarder', async () => {
    const folder = copyFixture('pair', scratch);
    const workbench = await Workbench.open(browser, server, { folder, extension: ROOT });
    await workbench.openView('ClusterControl HA');
    await workbench.screenshot('opens');
    await workbench.close();
  });
});
