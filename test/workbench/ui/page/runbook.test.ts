import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { PageSession, stateOf } from '../../runbook/pageSession';
import { pictureFailures } from '../../session';
import { until } from '../../until';
import type { Workbench } from '../../workbench';

describe('the runbook page', () => {
  let session: PageSession;
  let workbench: Workbench;
  pictureFailures(() => (workbench === undefined ? [] : [workbench]));

  before(async () => {
    session = await PageSession.start();
    workbench = session.workbench;
  });
  afterEach(async () => {
    await workbench.command('View: Close All Editors');
    assert.deepEqual(session.takeRefused(), []);
  });
  after(() => session?.stop());

  const show = (state: string) => session.show(state);
  const promote = (page: FrameLocator) => page.getByRole('button', { name: 'Promote cc2…' });

  /** Not as F5 does: VS Code in a browser keeps its open editors only when it may close by itself. */
  async function reloadWindow(): Promise<void> {
    const loaded = workbench.page.waitForEvent('load');
    await workbench.command('Developer: Reload Window');
    await loaded;
    await workbench.ready();
  }

  it('gives screen readers landmarks, headings, lists, a described picture and live regions', async () => {
    const page = await show('plan');
    const tree = await page.locator('body').ariaSnapshot();
    for (const part of [
      /- banner:/,
      /- main:/,
      /- contentinfo "Actions":/,
      /heading "Promote cc2 in dc1" \[level=1\]/,
      /heading "Runbook" \[level=2\]/,
      /heading "Outage" \[level=3\]/,
      /heading "Stop the ClusterControl services" \[level=4\]/,
      /img "Before: Virtual IP 192\.168\.73\.200 on cc1\./,
      /img "After: Virtual IP 192\.168\.73\.200 on cc2\./,
      /- list:\n\s+- listitem:\n\s+- text: "?1\./,
      /- listitem:\n\s+- text: "?\d+\."?\n\s+- heading "Stop the ClusterControl services"/,
      /checkbox "Show all commands" \[checked\]/,
      /button "Copy the commands of Stop the ClusterControl services"/,
      /button "Promote cc2…"/,
    ]) {
      assert.ok(part.test(tree), `${String(part)} is not in\n${tree}`);
    }
    // Live regions must stand there before anything is said.
    assert.equal(await page.locator('#polite[role="status"][aria-live="polite"]').count(), 1);
    assert.equal(await page.locator('#assertive[role="alert"][aria-live="assertive"]').count(), 1);
  });

  it('draws the point of no return before the opening, and steps in the order of the plan', async () => {
    const page = await show('plan');
    const order = await page.locator('.step h4, .no-return strong').allInnerTexts();
    const line = order.indexOf('Point of no return');
    assert.ok(line > 0, order.join('\n'));
    const opening = await page.locator('.phase-open .step h4').first().innerText();
    assert.equal(order[line + 1], opening);
  });

  it('shows an unknown check as unknown, and it blocks', async () => {
    const page = await show('unknown');
    const heartbeat = page.locator('.group-block #check-heartbeat .word');
    assert.equal(await heartbeat.innerText(), 'Unknown, so it blocks');
    assert.ok(await promote(page).isDisabled());
  });

  it('wants a typed reason for what needs one, keeps it, and takes it back', async () => {
    const page = await show('acknowledge');
    assert.ok(await promote(page).isDisabled());
    const field = page.getByRole('textbox', { name: /^Your reason for: / });
    await field.fill('  change window 4711, keepalived stays up  ');
    await field.press('Enter');
    await page.getByText('Acknowledged: “change window 4711, keepalived stays up”').waitFor();
    await page.getByRole('button', { name: 'Promote cc2…', disabled: false }).waitFor();
    await page.getByRole('button', { name: /^Withdraw the reason/ }).click();
    await field.waitFor();
    await page.getByRole('button', { name: 'Promote cc2…', disabled: true }).waitFor();
  });

  it('takes no reason in passing where it must name host and number', async () => {
    const page = await show('rejoin');
    const prepare = (disabled: boolean) => page.getByRole('button', { name: 'Prepare cc2…', disabled });
    const field = page.getByRole('textbox', { name: /^Your reason for: The host has no transaction/ });
    await field.fill('yes');
    await field.press('Enter');
    await page.getByText('give up 12 of cc2').last().waitFor();
    await prepare(true).waitFor();
    await workbench.screenshot('runbook-rejoin-light');
    await field.fill('looked at them with mysqlbinlog: give up 12 of cc2');
    await field.press('Enter');
    await prepare(false).waitFor();
  });

  it('plans again when the site has changed', async () => {
    const page = await show('outdated');
    await page.getByRole('heading', { name: 'The site has changed since this plan was made' }).waitFor();
    assert.ok(await promote(page).isDisabled());
    await page.locator('.notice vscode-button', { hasText: 'Plan again' }).click();
    await page.locator('.bar').getByText('Making a new plan…').waitFor();
    await page.locator('#polite').filter({ hasText: 'Making a new plan…' }).waitFor();
    await stateOf(page).filter({ hasText: 'Ready' }).waitFor();
    await page.locator('#polite').filter({ hasText: 'New plan. Ready.' }).waitFor();
  });

  it('runs by keyboard alone: no is no, yes runs to its end, and what happens is said aloud', async () => {
    const page = await show('live');
    await promote(page).focus();
    await workbench.page.keyboard.press('Enter');
    await workbench.dialog.getByText('Promote cc2 and make cc1 its standby?').waitFor();
    await workbench.screenshot('runbook-confirm-light');
    await workbench.page.keyboard.press('Escape');
    await workbench.dialog.waitFor({ state: 'hidden' });
    await stateOf(page).filter({ hasText: 'Ready' }).waitFor();

    await promote(page).focus();
    await workbench.page.keyboard.press('Enter');
    await workbench.dialog.waitFor();
    const verb = workbench.dialog.locator('.monaco-button', { hasText: 'Promote cc2' });
    await verb.focus();
    await workbench.page.keyboard.press('Enter');
    await stateOf(page).filter({ hasText: 'Running' }).waitFor();
    await page
      .locator('#polite')
      .filter({ hasText: /Step \d+, .*: Done/ })
      .waitFor();
    await stateOf(page).filter({ hasText: 'Done' }).waitFor({ timeout: 60_000 });
    await page.locator('#polite').filter({ hasText: 'Done. cc2 is the primary' }).waitFor();
  });

  it('aborts before the point of no return; the focus moves to the state, not into nowhere', async () => {
    const page = await show('live');
    await promote(page).click();
    await workbench.answerDialog('Promote cc2');
    const abort = page.locator('vscode-button', { hasText: 'Abort' });
    await abort.focus();
    await workbench.page.keyboard.press('Enter');
    await stateOf(page).filter({ hasText: 'Undone' }).waitFor();
    await page.locator('#state:focus').waitFor();
  });

  it('opens the output of a failed step by itself and says what to do', async () => {
    const page = await show('undone');
    const failed = page.locator('.step.state-failed');
    await failed.getByText('rsync error: some files/attrs were not transferred (code 23)').waitFor();
    await failed.getByText('Look at the disk of cc1, then plan again.').waitFor();
    assert.equal(await page.locator('.step.state-undone .output[open]').count(), 0);
  });

  it('copies what a step would type', async () => {
    const page = await show('plan');
    await page.getByRole('button', { name: 'Copy the commands of Stop lsyncd on the old primary' }).click();
    await page.locator('#polite').filter({ hasText: 'Copied.' }).waitFor();
    const copied = await workbench.page.evaluate('navigator.clipboard.readText()');
    assert.equal(copied, 'systemctl disable --now lsyncd');
  });

  it('writes the runbook on paper and the report into the workspace, where they are wanted', async () => {
    for (const [state, button, name, holds] of [
      ['plan', 'Export Plan…', '-runbook.md', '## Per host'],
      ['done', 'Save Report…', '-report.md', '# Promote cc2 in dc1'],
    ] as const) {
      const page = await show(state);
      await page.locator('.bar vscode-button', { hasText: button }).click();
      const file = await workbench.acceptSuggestedFile(name);
      assert.equal(path.dirname(file), session.folder);
      await until(name, () => existsSync(file) && readFileSync(file, 'utf8').includes(holds));
      await workbench.page.getByRole('tab', { name: path.basename(file) }).waitFor();
      await workbench.screenshot(`runbook${name.replace('.md', '')}-saved`);
      await workbench.command('View: Close All Editors');
    }
  });

  describe('after a reload', () => {
    it('survives a reload: a run is shown again, a plan that never ran says so', async () => {
      await show('undo-owed');
      await reloadWindow();
      await stateOf(workbench.webview()).filter({ hasText: 'Undo owed' }).waitFor({ timeout: 60_000 });
      await workbench.command('View: Close All Editors');
      await show('plan');
      await reloadWindow();
      const gone = workbench.webview().getByRole('heading', { name: 'This plan is no longer there' });
      await gone.waitFor({ timeout: 60_000 });
    });
  });
});
