import { DOUBLE } from '../../build';
import { healthyPair, writeObserved } from '../../double/scenario';
import { copyFixture } from '../../hosts';
import { useSession } from '../../session';

const STEPS = [
  'Write the inventory',
  'Check it',
  'See the hosts as they are',
  'Bring the files to the hosts',
  'Plan a promotion',
  'Rehearse',
];

describe('the walkthrough', () => {
  const session = useSession(() => ({ settings: { 'clustercontrolHa.refreshIntervalSeconds': 0 } }));

  it('leads from an inventory to a drill, and ticks what was done', async () => {
    const folder = copyFixture('pair', session.scratch);
    writeObserved(folder, { dc1: healthyPair() });
    const workbench = await session.open({ folder, extension: DOUBLE });
    await workbench.openView('ClusterControl HA');
    await workbench.treeRow('dc1', 'cc1 is primary').waitFor();
    await workbench.command('Welcome: Open Walkthrough...');
    await workbench.pick('Two controllers, one address');
    const page = workbench.page.locator('.gettingStartedContainer');
    for (const title of STEPS) await page.locator('.step-title', { hasText: title }).first().waitFor();
    await page.locator('.getting-started-step', { hasText: 'Check it' }).click();
    await page.locator('.getting-started-step .monaco-button', { hasText: 'Check Inventory' }).click();
    await page.locator('.codicon-getting-started-step-checked').first().waitFor();
    await workbench.screenshot('walkthrough');
  });
});
