import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { verdictText } from '../../../lab/referee/judge/text';
import type { ControllerName } from '../../../lab/site';
import { useLabEditor } from '../../labEditor';
import { labCanBeHad, type LabSession } from '../../labSession';
import { endOf, planPromotion, promoteByHand, shownHealthy, startPromotion, stateOf } from '../../promotion';
import { until } from '../../until';
import type { Workbench } from '../../workbench';

const TEN: readonly ControllerName[] = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 'cc2' : 'cc1'));

/** rsync waits until somebody writes into the pipe; lsyncd has stopped by then. */
const HOLD_RSYNC = `set -e; mkfifo /run/rsync-held
  printf '#!/bin/sh\\ncat /run/rsync-held\\nexec /usr/bin/rsync "$@"\\n' >/usr/local/bin/rsync
  chmod 755 /usr/local/bin/rsync`;
const LET_RSYNC_GO = 'rm /usr/local/bin/rsync; echo >/run/rsync-held; rm /run/rsync-held';

(labCanBeHad ? describe : describe.skip)('promotion by palette and page, on three real hosts', () => {
  const hooks = mkdtempSync(path.join(tmpdir(), 'ccha-hooks-'));
  const told = path.join(hooks, 'told');
  const ofTheFolder = path.join(hooks, 'of-the-folder');
  const hook = (name: string, file: string) => ({
    name,
    argv: ['sh', '-c', `echo "$CCHA_WHEN $CCHA_TARGET" >>${file}`],
  });
  /** What the operator has in his own settings, and what somebody put into the folder that he has opened. */
  const own = { before: [hook('Silence the monitoring', told)], after: [hook('Tell the chat', told)] };
  const foreign = {
    before: [hook('Of the folder', ofTheFolder)],
    after: [hook('Of the folder', ofTheFolder)],
  };
  const furnish = (folder: string): void => {
    mkdirSync(path.join(folder, '.vscode'));
    const file = path.join(folder, '.vscode', 'settings.json');
    writeFileSync(file, JSON.stringify({ 'clustercontrolHa.hooks': foreign }));
  };
  const editor = useLabEditor({
    profile: 'hardened',
    window: { width: 1440, height: 900 },
    furnish,
    settings: { 'clustercontrolHa.hooks': own },
    ready: (opened) => shownHealthy(opened, 'cc1'),
  });
  let lab: LabSession;
  let workbench: Workbench;

  before(() => {
    ({ lab, workbench } = editor);
  });
  after(() => rmSync(hooks, { recursive: true, force: true }));

  /** All that the editor's runs have written. */
  function journals(): string {
    const entries = readdirSync(editor.state, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.map((file) => readFileSync(path.join(file.parentPath, file.name), 'utf8')).join('');
  }

  it('goes there and back ten times under the referee: nothing lost, never two of anything', async function () {
    this.timeout(300_000);
    const referee = await lab.watch();
    for (const [index, target] of TEN.entries()) {
      const number = index + 1;
      await referee.permit(target);
      const end = await promoteByHand(workbench, target, { asksForSecret: index === 0 });
      assert.equal(end, 'done', `promotion ${number}, of ${target}`);
      await shownHealthy(workbench, target);
      if (number === 1 || number === TEN.length) await workbench.screenshot(`promote-${number}-result`);
      // One page at a time, or the next one's is not the only webview.
      await workbench.command('View: Close All Editors');
    }
    const verdict = await referee.verdict();
    assert.equal(verdict.clean, true, verdictText(verdict));
    assert.equal(verdict.figures.writerHandovers.length, TEN.length, verdictText(verdict));
  });

  it('says of a plan that waits that the site has changed, and that it is as it was again', async () => {
    const page = await planPromotion(workbench, 'cc2', { asksForSecret: false, untilReady: true });
    await lab.on('cc1', 'systemctl stop cmon-cloud');
    await stateOf(page).filter({ hasText: 'Out of date' }).waitFor();
    await page.getByText('cc1.cmon-cloud was active and is inactive now.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Promote cc2…' }).isEnabled(), false);
    await page.getByRole('button', { name: 'Plan again', exact: true }).waitFor();
    await workbench.screenshot('promote-outdated');
    await lab.on('cc1', 'systemctl start cmon-cloud');
    await stateOf(page).filter({ hasText: 'Ready' }).waitFor();
    await workbench.command('View: Close All Editors');
    await shownHealthy(workbench, 'cc1');
  });

  it('aborts before the point of no return, and says what was undone', async () => {
    await lab.on('cc1', HOLD_RSYNC);
    const referee = await lab.watch();
    const page = await startPromotion(workbench, 'cc2', { asksForSecret: false });
    await page.locator('#step-files-first-pass.state-running').waitFor();
    await page.getByRole('button', { name: 'Abort' }).click();
    // The step that runs is not cut off: its end must come after the wish.
    await until('the wish in the journal', () => journals().includes('"abort-requested"'));
    await lab.on('cc1', LET_RSYNC_GO);
    assert.equal(await endOf(page), 'undone');
    await workbench.screenshot('promote-aborted');
    await shownHealthy(workbench, 'cc1');
    const verdict = await referee.verdict();
    assert.equal(verdict.clean, true, verdictText(verdict));
    assert.deepEqual(verdict.figures.writerHandovers, []);
  });

  it('shows and runs the hooks of the own settings; those of the folder are not there', async () => {
    await workbench.command('View: Close All Editors');
    rmSync(told, { force: true });
    const page = await startPromotion(workbench, 'cc2', {
      asksForSecret: false,
      untilReady: true,
      seen: async (what) => {
        if (what !== 'steps') return;
        const page = workbench.webview();
        const hooks = page.locator('[id^=step-hook-]');
        assert.deepEqual(await hooks.locator('h4').allInnerTexts(), [
          'Silence the monitoring',
          'Tell the chat',
        ]);
        for (const shown of await hooks.allInnerTexts()) {
          assert.match(shown, new RegExp(`sh -c .*CCHA_WHEN.*${path.basename(told)}`));
        }
        assert.equal(await page.getByText('Of the folder').count(), 0);
        await page.locator('#step-hook-before-1').scrollIntoViewIfNeeded();
        await workbench.screenshot('promote-hooks');
        assert.equal(existsSync(told), false, 'a plan runs nothing');
      },
    });
    assert.equal(await endOf(page), 'done');
    assert.equal(readFileSync(told, 'utf8'), 'before cc2\nafter cc2\n');
    assert.equal(existsSync(ofTheFolder), false, 'in no run of this window');
  });
});
