import assert from 'node:assert/strict';
import type { FrameLocator } from 'playwright-core';
import { useLabEditor } from '../../labEditor';
import { labCanBeHad } from '../../labSession';
import { endOf, shownHealthy } from '../../promotion';
import { until } from '../../until';
import type { Workbench } from '../../workbench';

const LIMIT_MS = 120_000;

(labCanBeHad ? describe : describe.skip)('closing one host and opening it again, on three real hosts', () => {
  const editor = useLabEditor({
    profile: 'hardened',
    window: { width: 1440, height: 1000 },
    ready: (opened) => shownHealthy(opened, 'cc1'),
  });
  let workbench: Workbench;

  before(() => {
    ({ workbench } = editor);
  });

  async function shows(page: FrameLocator, word: string): Promise<void> {
    await page.locator('#state').filter({ hasText: word }).waitFor({ timeout: LIMIT_MS });
  }

  it('from the row of the primary: an outage that wants a reason with its name, one modal, closed', async function () {
    this.timeout(300_000);
    const row = workbench.treeRow('cc1', 'primary');
    const entries = await workbench.contextMenuEntries(row);
    assert.ok(entries.includes('Close This Host (Emergency Stop)…'), entries.join());
    assert.ok(!entries.includes('Reopen This Host…'), entries.join());
    await workbench.contextMenu(row, 'Close This Host (Emergency Stop)…');
    const page = workbench.webview();
    await shows(page, 'Needs your reason');
    await workbench.screenshot('close-plan');
    const reason = page.getByRole('textbox', { name: /^Your reason for: / });
    await reason.fill('cc1 repairs clusters that are not broken');
    await reason.press('Enter');
    await until('the reason to be kept', async () => (await reason.count()) === 0);
    await page.getByRole('button', { name: 'Close cc1…', disabled: false }).click();
    await workbench.dialog.getByText('THIS IS AN OUTAGE').waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('close-confirm');
    await workbench.answerDialog('Close cc1');
    const end = await endOf(page);
    await workbench.screenshot('close-done');
    assert.equal(end, 'done');
    await workbench.command('View: Close All Editors');
    await workbench.treeRow('closed-by-hand').waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('close-tree');
    // The row's own way back; a host that is not held has none.
    assert.equal(
      (await workbench.contextMenuEntries(workbench.treeRow('cc1', 'primary'))).includes('Reopen This Host…'),
      true,
    );
  });

  it('by the palette it is opened again, and the site is healthy', async function () {
    this.timeout(300_000);
    await workbench.command('ClusterControl HA: Reopen This Host…');
    await workbench.quickInput.filter({ hasText: 'Reopen This Host: dc1' }).waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('reopen-target');
    await workbench.pick('cc1');
    const page = workbench.webview();
    await shows(page, 'Ready');
    await workbench.screenshot('reopen-plan');
    await page.getByRole('button', { name: 'Reopen cc1…', disabled: false }).click();
    await workbench.answerDialog('Reopen cc1');
    const end = await endOf(page);
    await workbench.screenshot('reopen-done');
    assert.equal(end, 'done');
    await workbench.command('View: Close All Editors');
    await shownHealthy(workbench, 'cc1');
  });
});
