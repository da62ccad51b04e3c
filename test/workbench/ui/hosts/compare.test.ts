import assert from 'node:assert/strict';
import { verdictText } from '../../../lab/referee/judge/text';
import { useLabEditor } from '../../labEditor';
import { labCanBeHad, type LabSession } from '../../labSession';
import { endOf } from '../../promotion';
import type { Workbench } from '../../workbench';

const LIMIT_MS = 120_000;
const KEEPALIVED = '/etc/keepalived/keepalived.conf';

(labCanBeHad ? describe : describe.skip)('comparing and deploying files, on three real hosts', () => {
  const editor = useLabEditor({
    profile: 'hardened',
    window: { width: 1440, height: 900 },
    ready: async (opened) => {
      await opened.openView('ClusterControl HA');
      await opened.treeRow('cc1', 'primary').waitFor({ timeout: LIMIT_MS });
    },
  });
  let lab: LabSession;
  let workbench: Workbench;

  before(() => {
    ({ lab, workbench } = editor);
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
