import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { ROOT } from '../../build';
import { copyFixture } from '../../hosts';
import { labCanBeHad, LabSession } from '../../labSession';
import { endOf } from '../../promotion';
import { pictureFailures } from '../../session';
import { launchBrowser } from '../../vscode/browser';
import { startServer, type VscodeServer } from '../../vscode/server';
import { Workbench } from '../../workbench';

const BOOT_LIMIT_MS = 600_000;
const LIMIT_MS = 120_000;

/** The inventory says hardened (that is the default), its hosts are as the documentation has them. */
(labCanBeHad ? describe : describe.skip)('hardening a documented pair, on three real hosts', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-harden-ui-'));
  let lab: LabSession;
  let browser: Browser;
  let server: VscodeServer;
  let workbench: Workbench;

  pictureFailures(() => (workbench === undefined ? [] : [workbench]));

  before('lab and editor start', async function () {
    this.timeout(BOOT_LIMIT_MS);
    lab = await LabSession.start('documented');
    const options = lab.serverOptions(path.join(scratch, 'vscode.sock'));
    const env = { XDG_STATE_HOME: path.join(scratch, 'state') };
    [server, browser] = await Promise.all([startServer({ ...options, env }), launchBrowser()]);
    workbench = await Workbench.open(browser, server, {
      folder: copyFixture('pair', scratch),
      extension: ROOT,
      width: 1440,
      height: 900,
    });
    await workbench.openView('ClusterControl HA');
    await workbench.treeRow('cc1', 'primary').waitFor({ timeout: LIMIT_MS });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await lab?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('by the palette: plan, one confirmation, done; then the tree says hardened', async function () {
    this.timeout(300_000);
    await workbench.command('ClusterControl HA: Harden…');
    const page = workbench.webview();
    await page.locator('#state').filter({ hasText: 'Ready' }).waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('harden-plan');
    await page.getByRole('button', { name: /^Harden dc1…$/, disabled: false }).click();
    await workbench.dialog.waitFor();
    await workbench.screenshot('harden-confirm');
    await workbench.answerDialog(/^Harden /);
    await page.locator('.step.state-done').first().waitFor();
    await workbench.screenshot('harden-running');
    const end = await endOf(page);
    await workbench.screenshot('harden-done');
    assert.equal(end, 'done');
    await workbench.command('View: Close All Editors');
    await workbench.treeRow('cc1', 'primary').waitFor({ timeout: LIMIT_MS });
    await workbench.statusBarItem('dc1: healthy').waitFor({ timeout: LIMIT_MS });
  });
});
