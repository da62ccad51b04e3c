import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { verdictText } from '../../../lab/referee/judge/text';
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
const KEEPALIVED = '/etc/keepalived/keepalived.conf';

(labCanBeHad ? describe : describe.skip)('comparing and deploying files, on three real hosts', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-compare-ui-'));
  let lab: LabSession;
  let browser: Browser;
  let server: VscodeServer;
  let workbench: Workbench;

  pictureFailures(() => (workbench === undefined ? [] : [workbench]));

  before('lab and editor start', async function () {
    this.timeout(BOOT_LIMIT_MS);
    lab = await LabSession.start('hardened');
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

  /** Files to tick, plan, confirmation, end. */
  async function deployByHand(picture: string): Promise<string> {
    await workbench.command('ClusterControl HA: Deploy Files…');
    await workbench.quickInput.filter({ hasText: 'Deploy: dc1' }).waitFor({ timeout: LIMIT_MS });
    await workbench.quickInput.filter({ hasText: KEEPALIVED }).waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot(`${picture}-files`);
    await workbench.page.keyboard.press('Enter');
    const page = workbench.webview();
    await page
      .locator('#state')
      .filter({ hasText: /Ready|Blocked/ })
      .waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot(`${picture}-plan`);
    await page
      .locator('.step')
      .filter({ hasText: `Replace ${KEEPALIVED}` })
      .first()
      .evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await workbench.screenshot(`${picture}-steps`);
    await page.getByRole('button', { name: /^Deploy .*…$/, disabled: false }).click();
    await workbench.dialog.waitFor();
    await workbench.screenshot(`${picture}-confirm`);
    await workbench.answerDialog(/^Deploy /);
    await page.locator('.step.state-done').first().waitFor();
    await workbench.screenshot(`${picture}-running`);
    const end = await endOf(page);
    await workbench.screenshot(`${picture}-done`);
    return end;
  }

  it('brings everything there that the inventory renders, then shows each host as the inventory says', async function () {
    this.timeout(300_000);
    await lab.on(
      'cc1',
      `sed -i 's/advert_int .*/& # by hand/' ${KEEPALIVED}; echo '# by hand' >>${KEEPALIVED}`,
    );
    await lab.on('cc1', `sed -i 's/nopreempt//' ${KEEPALIVED}`);
    const referee = await lab.watch();
    assert.equal(await deployByHand('deploy'), 'done');
    const verdict = await referee.verdict();
    assert.equal(verdict.clean, true, verdictText(verdict));
    await workbench.command('View: Close All Editors');
    await workbench.treeRow('Configuration', 'as rendered').first().waitFor({ timeout: LIMIT_MS });
  });

  it('shows an edited file in the tree, and host beside inventory on a click', async function () {
    this.timeout(180_000);
    await lab.on('cc1', `sed -i 's/priority 240/priority 120/; /nopreempt/d' ${KEEPALIVED}`);
    await workbench.command('ClusterControl HA: Refresh');
    await workbench.treeRow('Configuration', /1 of \d+ files differs/).waitFor({ timeout: LIMIT_MS });
    await workbench.expand('Configuration');
    const row = workbench.treeRow(KEEPALIVED);
    await row.waitFor();
    await row.click();
    await workbench.page
      .getByRole('tab', { name: /cc1: keepalived\.conf \(host/ })
      .waitFor({ timeout: LIMIT_MS });
    await workbench.page.locator('.line-insert, .char-insert').first().waitFor();
    await workbench.screenshot('compare-diff');
    await workbench.command('ClusterControl HA: Compare with Hosts');
    await workbench.page.getByRole('tab', { name: /dc1: hosts/ }).waitFor({ timeout: LIMIT_MS });
    await workbench.page.locator('.line-insert, .char-insert').first().waitFor();
    await workbench.screenshot('compare-all');
  });
});
