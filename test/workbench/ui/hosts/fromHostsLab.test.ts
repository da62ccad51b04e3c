import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ROOT } from '../../build';
import { copyFixture } from '../../hosts';
import { labCanBeHad, LabSession } from '../../labSession';
import { pictureFailures } from '../../session';
import { until } from '../../until';
import { launchBrowser } from '../../vscode/browser';
import { startServer, type VscodeServer } from '../../vscode/server';
import { Workbench } from '../../workbench';

const BOOT_LIMIT_MS = 600_000;

(labCanBeHad ? describe : describe.skip)('a new inventory from three real hosts', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-from-hosts-'));
  let lab: LabSession;
  let browser: Browser;
  let server: VscodeServer;
  let workbench: Workbench;
  let folder = '';

  pictureFailures(() => (workbench === undefined ? [] : [workbench]));

  before('lab and editor start', async function () {
    this.timeout(BOOT_LIMIT_MS);
    lab = await LabSession.start('documented');
    [server, browser] = await Promise.all([
      startServer(lab.serverOptions(path.join(scratch, 'vscode.sock'))),
      launchBrowser(),
    ]);
    folder = copyFixture('empty', scratch);
    workbench = await Workbench.open(browser, server, { folder, extension: ROOT });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await lab?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('is asked for in three lines, leaves nothing open, and is the running site once it is saved', async () => {
    await workbench.command('ClusterControl HA: New Inventory from Hosts…');
    const prompt = (text: string) => workbench.quickInput.getByText(text).first().waitFor();
    await prompt('The first controller');
    await workbench.input('cc1 192.168.73.201');
    await prompt('The second controller');
    await workbench.input('cc2 192.168.73.202');
    await prompt('The Prometheus host');
    await workbench.input('prom 192.168.73.209');
    const line = (text: string) => workbench.page.locator('.view-line', { hasText: text }).first();
    await line('profile: documented').waitFor();
    await line('priority: 105').waitFor();
    assert.equal(await line('# TODO').count(), 0);
    await workbench.screenshot('new-inventory-from-running-pair');
    await workbench.command('File: Save');
    const file = path.join(folder, 'clustercontrol.yaml');
    await until(`${file} is saved`, () => {
      try {
        return readFileSync(file, 'utf8').includes('vip: 192.168.73.200');
      } catch {
        return false;
      }
    });
    await workbench.openView('ClusterControl HA');
    await workbench.treeRow('VIP', 'on cc1').waitFor({ timeout: 60_000 });
    await workbench.treeRow('cc1', 'primary').waitFor();
    await workbench.treeRow('cc2', 'standby').waitFor();
  });
});
