import assert from 'node:assert/strict';
import { ROOT } from '../../build';
import { copyFixture } from '../../hosts';
import { useSession } from '../../session';

describe('what is shown where there is no topology', () => {
  const session = useSession();
  const welcome = (text: string) => `.welcome-view-content:has-text("${text}")`;

  it('no folder: how to open one', async () => {
    const workbench = await session.open({ extension: ROOT });
    await workbench.openView('ClusterControl HA');
    await workbench.page.locator(welcome('Open the folder that holds your clustercontrol.yaml')).waitFor();
    await workbench.screenshot('welcome-no-folder');
    await workbench.close();
  });

  it('no inventory: a button that opens a new one to fill in', async () => {
    const workbench = await session.open({ folder: copyFixture('empty', session.scratch), extension: ROOT });
    await workbench.openView('ClusterControl HA');
    await workbench.page.locator(welcome('This folder has no clustercontrol.yaml')).waitFor();
    await workbench.screenshot('welcome-no-inventory');
    assert.equal(await workbench.offers('ClusterControl HA: Promote Standby…'), false);
    await workbench.page.locator('.welcome-view-content .monaco-button').click();
    await workbench.page.locator('.view-line', { hasText: 'scheme: replication' }).waitFor();
    await workbench.close();
  });

  it('an invalid inventory: the way to Problems', async () => {
    const workbench = await session.open({ folder: copyFixture('broken', session.scratch), extension: ROOT });
    await workbench.openView('ClusterControl HA');
    await workbench.page.locator(welcome('The inventory has errors')).waitFor();
    await workbench.screenshot('welcome-invalid');
    await workbench.page
      .locator('.welcome-view-content .monaco-button', { hasText: 'Show Problems' })
      .click();
    await workbench.page
      .locator('.markers-panel .monaco-list-row', { hasText: 'clustercontrol.yaml' })
      .waitFor();
    await workbench.close();
  });
});

describe('a folder that is not trusted', () => {
  const session = useSession(() => ({ workspaceTrust: true }));

  it('is checked, and no host is asked', async () => {
    const workbench = await session.open({ folder: copyFixture('pair', session.scratch), extension: ROOT });
    await workbench.openView('ClusterControl HA');
    await workbench.page.locator('.welcome-view-content:has-text("This folder is not trusted")').waitFor();
    await workbench.screenshot('welcome-untrusted');
    assert.equal(await workbench.offers('ClusterControl HA: Promote Standby…'), false);
    assert.equal(await workbench.offers('ClusterControl HA: Refresh'), false);
    assert.equal(await workbench.offers('ClusterControl HA: Check Inventory'), true);
    await workbench.close();
  });
});
