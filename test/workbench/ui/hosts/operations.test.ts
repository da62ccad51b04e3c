import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { MYSQL_PASSWORD } from '../../../lab/site';
import { useLabEditor } from '../../labEditor';
import { labCanBeHad, type LabSession, type OtherOperator } from '../../labSession';
import { shownHealthy, startPromotion } from '../../promotion';
import { until } from '../../until';
import { extensionHosts } from '../../vscode/server';
import type { Workbench } from '../../workbench';

const LIMIT_MS = 120_000;

/** rsync waits until somebody writes into the pipe; lsyncd has stopped by then. */
const HOLD_RSYNC = `set -e; rm -f /run/rsync-held; mkfifo /run/rsync-held
  printf '#!/bin/sh\\ncat /run/rsync-held\\nexec /usr/bin/rsync "$@"\\n' >/usr/local/bin/rsync
  chmod 755 /usr/local/bin/rsync`;
/** Safe where nothing is held. */
const LET_RSYNC_GO = `rm -f /usr/local/bin/rsync
  ! test -p /run/rsync-held || timeout 1 sh -c 'echo >/run/rsync-held' || true
  rm -f /run/rsync-held`;

(labCanBeHad ? describe : describe.skip)('the night, in the editor, on three real hosts', function () {
  this.timeout(400_000);
  // Each case begins where the one before it has brought the site.
  this.bail(true);
  const editor = useLabEditor({
    profile: 'hardened',
    window: { width: 1440, height: 1000 },
    ready: (opened) => shownHealthy(opened, 'cc1'),
  });
  let lab: LabSession;
  let workbench: Workbench;
  let ann: OtherOperator | undefined;

  before(() => {
    ({ lab, workbench } = editor);
  });
  afterEach(async () => {
    await lab.on('cc1', LET_RSYNC_GO).catch(() => undefined);
    await workbench.command('View: Close All Editors');
  });
  after(() => ann?.leave());

  const stateOf = (page: FrameLocator) => page.locator('#state');

  /** All that the editor's runs have written. */
  function journals(): string {
    const entries = readdirSync(editor.state, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.map((file) => readFileSync(path.join(file.parentPath, file.name), 'utf8')).join('');
  }

  async function shows(page: FrameLocator, word: string): Promise<void> {
    const words = stateOf(page).locator('.word');
    await words.filter({ hasText: new RegExp(`^${word}$`) }).waitFor({ timeout: LIMIT_MS });
  }

  it('drills there and back: a page for each promotion, a report with the figures, and the history', async () => {
    await workbench.command('ClusterControl HA: Drill: Promote There and Back…');
    await workbench.dialog.getByText('Drill dc1: promote there and back?').waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('drill-confirm');
    await workbench.answerDialog('Drill');
    await workbench.quickInput.filter({ hasText: 'dc1-repl' }).waitFor({ timeout: LIMIT_MS });
    await workbench.input(MYSQL_PASSWORD);
    await workbench.notification('The drill of dc1 has ended').waitFor({ timeout: LIMIT_MS });
    const report = workbench.webview('Preview Drill of dc1.md');
    await report.getByRole('heading', { name: 'What users would have noticed' }).waitFor();
    await workbench.screenshot('drill-report');
    await workbench.command('View: Close All Editors');
    await workbench.clearNotifications();
    await workbench.command('ClusterControl HA: Show History of Drills');
    const history = workbench.webview('Preview Drills of dc1.md');
    await history.locator('tbody tr').waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('drill-history');
  });

  it('two operators: what another one runs is refused here, and can be taken over knowingly', async () => {
    await shownHealthy(workbench, 'cc1');
    await lab.on('cc1', HOLD_RSYNC);
    const inventory = path.join(editor.folder, 'clustercontrol.yaml');
    ann = lab.otherOperator(
      path.join(editor.scratch, 'ann'),
      inventory,
      'run',
      'promote',
      'cc2',
      '--yes',
      '--json',
    );
    await until(
      'ann in the first pass of the files',
      () => ann?.said().includes('"files-first-pass"'),
      LIMIT_MS,
    );
    await workbench.command('ClusterControl HA: Refresh');
    await workbench.treeRow('dc1', /root@.* is running an operation/).waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('two-operators-tree');

    await workbench.command('ClusterControl HA: Resume or Undo Operation…');
    await workbench.quickRow('Promote cc2 in dc1').waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('two-operators-pick');
    await workbench.pick('Promote cc2 in dc1');
    const page = workbench.webview();
    await shows(page, 'Unfinished');
    await workbench.screenshot('two-operators-page');
    await page.locator('.bar vscode-button', { hasText: 'Undo' }).click();
    await workbench.dialog.waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('two-operators-take-over');
    await workbench.answerDialog('Take Over');
    await lab.on('cc1', LET_RSYNC_GO);
    await shows(page, 'Undone');
    await workbench.screenshot('two-operators-undone');
    const { code, text } = await ann.ended;
    assert.equal(code, 5, text);
    assert.match(text, /another operation has taken over/);
    await shownHealthy(workbench, 'cc1');
  });

  it('the extension host is killed in the middle: the next one says what was under way, and finishes it', async () => {
    await lab.on('cc1', HOLD_RSYNC);
    await startPromotion(workbench, 'cc2', { asksForSecret: false, untilReady: true });
    await until('the first pass', () => journals().includes('"step":"files-first-pass"'));
    const killed = extensionHosts(editor.server);
    assert.equal(killed.length, 1);
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    await lab.on('cc1', LET_RSYNC_GO);
    await workbench
      .webview()
      .getByRole('heading', { name: 'Nobody answers this page any more' })
      .waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('host-killed');
    await workbench.reload();
    await workbench.openView('ClusterControl HA');
    const notice = workbench.notification('"Promote cc2 in dc1" has no end yet.');
    await notice.waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('resume-notice');
    await workbench.notificationButton('"Promote cc2 in dc1" has no end yet.', 'Resume or Undo…');
    await workbench.quickRow('Promote cc2 in dc1').waitFor({ timeout: LIMIT_MS });
    await workbench.pick('Promote cc2 in dc1');
    const page = workbench.webview();
    await shows(page, 'Unfinished');
    await workbench.screenshot('resume-page');
    await page.getByRole('button', { name: 'Resume' }).click();
    // This build of VS Code keeps secrets in memory only.
    await workbench.quickInput.filter({ hasText: 'dc1-repl' }).waitFor({ timeout: LIMIT_MS });
    await workbench.input(MYSQL_PASSWORD);
    await shows(page, 'Done');
    await shownHealthy(workbench, 'cc2');
  });

  it('fails over only on evidence: refused without a proof, done with the words of who looked', async () => {
    await lab.act('off', 'cc2', '--hard');
    await workbench.command('ClusterControl HA: Fail Over…');
    await workbench.quickInput.filter({ hasText: 'Fail Over: dc1' }).waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('failover-target');
    await workbench.pick('cc1');
    await workbench.quickRow('Show the evidence first').waitFor();
    await workbench.screenshot('failover-known');
    await workbench.pick('Show the evidence first');
    let page = workbench.webview();
    await shows(page, 'Blocked');
    await workbench.screenshot('failover-evidence');
    await workbench.command('View: Close All Editors');

    await workbench.command('ClusterControl HA: Fail Over…');
    await workbench.quickInput.filter({ hasText: 'Fail Over: dc1' }).waitFor({ timeout: LIMIT_MS });
    await workbench.pick('cc1');
    await workbench.pick('cc2 is powered off');
    await workbench.quickInputBox.fill('I pulled the plug');
    await workbench.quickInput.getByText('Name the host: cc2').waitFor();
    await workbench.screenshot('failover-attest');
    await workbench.input('I pulled the plug of cc2 and looked');
    page = workbench.webview();
    await shows(page, 'Needs your reason');
    await workbench.screenshot('failover-plan');
    const reason = page.getByRole('textbox', { name: /^Your reason for: / });
    for (let left = await reason.count(); left > 0; left--) {
      await reason.first().fill('the change of 4711 is worth less than the outage');
      await reason.first().press('Enter');
      await until('the reason to be kept', async () => (await reason.count()) < left);
    }
    await page.getByRole('button', { name: 'Fail Over to cc1…', disabled: false }).click();
    await workbench.dialog.waitFor();
    await workbench.screenshot('failover-confirm');
    await workbench.answerDialog('Fail Over to cc1');
    await shows(page, 'Done');
    await workbench.screenshot('failover-done');
    await workbench.treeRow('cc1', 'primary').waitFor({ timeout: LIMIT_MS });
  });

  it('prepares the old primary as the secondary when it is back, and the site is healthy again', async () => {
    await lab.act('on', 'cc2');
    await workbench.treeRow('cc2', 'standby').waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('rejoin-tree');
    let page = workbench.webview();
    let asksForClone = true;
    await until(
      'a plan that nothing blocks',
      async () => {
        await workbench.command('View: Close All Editors');
        await workbench.command('ClusterControl HA: Prepare as Secondary…');
        await workbench.quickInput
          .filter({ hasText: 'Prepare as Secondary: dc1' })
          .waitFor({ timeout: LIMIT_MS });
        await workbench.pick('cc2');
        if (asksForClone) {
          await workbench.quickInput.filter({ hasText: 'dc1-clone' }).waitFor({ timeout: LIMIT_MS });
          await workbench.input(MYSQL_PASSWORD);
          asksForClone = false;
        }
        page = workbench.webview();
        await stateOf(page).waitFor({ timeout: LIMIT_MS });
        return (
          (await stateOf(page)
            .filter({ hasText: /Ready|Needs your reason/ })
            .count()) > 0
        );
      },
      LIMIT_MS,
    );
    await workbench.screenshot('rejoin-plan');
    const field = page.getByRole('textbox', { name: /^Your reason for: / });
    for (let left = await field.count(); left > 0; left--) {
      const asked = await page.locator('.check', { has: field.first() }).innerText();
      const words = /give up \d+ of cc2/.exec(asked)?.[0] ?? '';
      await field.first().fill(`looked at it: ${words}`);
      await field.first().press('Enter');
      await until('the words to be kept', async () => (await field.count()) < left);
    }
    await page.getByRole('button', { name: 'Prepare cc2…', disabled: false }).click();
    await workbench.answerDialog('Prepare cc2');
    await shows(page, 'Done');
    await workbench.screenshot('rejoin-done');
    await shownHealthy(workbench, 'cc1');
  });

  it('keeps every run, plays one again moment by moment, and saves its report in the workspace', async () => {
    await workbench.expandView('Runs');
    const row = workbench.treeRow('Fail over to cc1 in dc1', 'done');
    await row.waitFor();
    await workbench.screenshot('runs');
    await workbench.contextMenu(row, 'Replay Run');
    const page = workbench.webview();
    await shows(page, 'Replay');
    await page.getByRole('slider', { name: 'Moment' }).press('End');
    await stateOf(page).getByText('The end: done').waitFor();
    await workbench.screenshot('runs-replay');
    await workbench.contextMenu(row, 'Save Run Report…');
    const target = await workbench.acceptSuggestedFile('-report.md');
    assert.equal(path.dirname(target), editor.folder);
    const written = () => (existsSync(target) ? readFileSync(target, 'utf8') : '');
    await until('the report in the workspace', () => /^# Fail over to cc1 in dc1/.test(written()));
    await workbench.page.getByRole('tab', { name: path.basename(target) }).waitFor();
    await workbench.screenshot('runs-report');
  });
});
