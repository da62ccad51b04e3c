import assert from 'node:assert/strict';
import { useLabEditor } from '../../labEditor';
import { labCanBeHad } from '../../labSession';
import { endOf } from '../../promotion';
import type { Workbench } from '../../workbench';

const LIMIT_MS = 120_000;

/** The inventory says hardened (that is the default), its hosts are as the documentation has them. */
(labCanBeHad ? describe : describe.skip)('hardening a documented pair, on three real hosts', () => {
  const editor = useLabEditor({
    profile: 'documented',
    window: { width: 1440, height: 900 },
    ready: async (opened) => {
      await opened.openView('ClusterControl HA');
      await opened.treeRow('cc1', 'primary').waitFor({ timeout: LIMIT_MS });
    },
  });
  let workbench: Workbench;

  before(() => {
    ({ workbench } = editor);
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
