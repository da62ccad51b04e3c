import type { FrameLocator } from 'playwright-core';
import { INSTALLER } from '../../../lab/fresh/deploy';
import { CONTROLLERS } from '../../../lab/site';
import { useLabEditor } from '../../labEditor';
import { labCanBeHad, type LabSession } from '../../labSession';
import { shownHealthy } from '../../promotion';
import type { Workbench } from '../../workbench';

const BOOT_LIMIT_MS = 600_000;
const LIMIT_MS = 120_000;
const SETUP_LIMIT_MS = 420_000;

/** What a person does on each controller while the plan waits: with MySQL there, ClusterControl's installer. */
const INSTALL = `for _ in $(seq 240); do mysql -e 'SELECT 1' >/dev/null 2>&1 && exec ${INSTALLER}; sleep 1; done; exit 1`;

(labCanBeHad ? describe : describe.skip)('from bare hosts to a working pair, in the editor', function () {
  this.timeout(SETUP_LIMIT_MS + BOOT_LIMIT_MS);
  const editor = useLabEditor({ profile: 'fresh', window: { width: 1440, height: 1000 } });
  let lab: LabSession;
  let workbench: Workbench;

  before(() => {
    ({ lab, workbench } = editor);
  });

  async function shows(page: FrameLocator, word: string, timeout = LIMIT_MS): Promise<void> {
    const words = page.locator('#state .word').filter({ hasText: new RegExp(`^${word}$`) });
    await words.waitFor({ timeout });
  }

  it('passwords are made, the plan is read, ClusterControl is waited for, and the pair is healthy', async () => {
    await workbench.openView('ClusterControl HA');
    await workbench.treeRow('cc1').waitFor({ timeout: LIMIT_MS });
    await workbench.command('ClusterControl HA: Deploy Replication Pair…');
    await workbench.quickInput
      .filter({ hasText: 'Deploy Replication Pair: dc1' })
      .waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('setup-primary');
    await workbench.pick('cc1');
    await workbench.dialog.waitFor({ timeout: LIMIT_MS });
    await workbench.screenshot('setup-passwords');
    await workbench.answerDialog('Generate Passwords');
    const page = workbench.webview();
    await shows(page, 'Ready');
    await workbench.screenshot('setup-plan');
    await page.getByRole('button', { name: 'Set Up dc1…', disabled: false }).click();
    await workbench.dialog.waitFor();
    await workbench.screenshot('setup-confirm');
    await workbench.answerDialog('Set Up dc1');
    const waits = page
      .locator('.step.state-running')
      .filter({ hasText: 'Install ClusterControl now: this waits for it' });
    await waits.first().waitFor({ timeout: SETUP_LIMIT_MS });
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await workbench.screenshot('setup-waits');
    await Promise.all(CONTROLLERS.map((host) => lab.on(host, INSTALL)));
    await shows(page, 'Done', SETUP_LIMIT_MS);
    await shownHealthy(workbench, 'cc1');
    // Where pictures leave the pointer, this page's long title would show its tooltip.
    await workbench.page.mouse.move(150, 700);
    await workbench.screenshot('setup-done', { keepPointer: true });
  });
});
