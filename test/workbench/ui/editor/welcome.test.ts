import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Listener, listenAt, movedTo } from '../../../unit/listener';
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

/** The pair on the loopback: whoever asks cc1 comes to the listener. */
function listeningPair(cc1: Listener, scratch: string): string {
  const folder = copyFixture('pair', scratch);
  const file = path.join(folder, 'clustercontrol.yaml');
  writeFileSync(file, movedTo(cc1, readFileSync(file, 'utf8')));
  return folder;
}

/** The other half of what comes after it: this very folder has its hosts asked as soon as its topology is seen. */
describe('a folder that is trusted', () => {
  const session = useSession();

  it('has its hosts asked', async () => {
    const cc1 = await listenAt('127.0.0.201');
    try {
      const workbench = await session.open({
        folder: listeningPair(cc1, session.scratch),
        extension: ROOT,
      });
      await workbench.openView('ClusterControl HA');
      await cc1.first;
      await workbench.close();
    } finally {
      await cc1.close();
    }
  });
});

describe('a folder that is not trusted', () => {
  const session = useSession(() => ({ workspaceTrust: true }));
  let cc1: Listener;
  before(async () => {
    cc1 = await listenAt('127.0.0.201');
  });
  after(() => cc1.close());

  it('is checked, and no host is asked', async () => {
    const workbench = await session.open({ folder: listeningPair(cc1, session.scratch), extension: ROOT });
    await workbench.openView('ClusterControl HA');
    await workbench.page.locator('.welcome-view-content:has-text("This folder is not trusted")').waitFor();
    await workbench.screenshot('welcome-untrusted');
    assert.equal(await workbench.offers('ClusterControl HA: Promote Standby…'), false);
    assert.equal(await workbench.offers('ClusterControl HA: Refresh'), false);
    assert.equal(await workbench.offers('ClusterControl HA: Check Inventory'), true);
    // Whatever looks at hosts or journals by itself has had its first look: the view was shown before all of this.
    await workbench.close();
    assert.equal(cc1.connections(), 0, 'somebody came to cc1');
  });
});
