import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { DOUBLE } from '../../build';
import { healthyPair, primaryAway, writeObserved } from '../../double/scenario';
import { copyFixture } from '../../hosts';
import { launchBrowser } from '../../vscode/browser';
import { startServer, type VscodeServer } from '../../vscode/server';
import { Workbench } from '../../workbench';

describe('the topology over a double', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'ccha-ui-'));
  const folder = copyFixture('pair', scratch);
  let browser: Browser;
  let server: VscodeServer;
  let workbench: Workbench;

  before(async () => {
    writeObserved(folder, { dc1: healthyPair() });
    [server, browser] = await Promise.all([
      startServer({ settings: { 'clustercontrolHa.refreshIntervalSeconds': 0 } }),
      launchBrowser(),
    ]);
    workbench = await Workbench.open(browser, server, { folder, extension: DOUBLE });
    await workbench.openView('ClusterControl HA');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('shows the site, who holds the VIP and each role without a click', async () => {
    await workbench.treeRow('dc1', 'cc1 is primary').waitFor();
    await workbench.treeRow('192.168.73.200', 'on cc1').waitFor();
    await workbench.treeRow('cc2', 'standby').waitFor();
    await workbench.statusBarItem('dc1: healthy').waitFor();
    await workbench.screenshot('tree-double-healthy');
  });

  it('shows every fact with its source in the tooltip', async () => {
    const hover = await workbench.treeHover(workbench.treeRow('MySQL', 'writable'));
    const text = await hover.innerText();
    assert.match(text, /3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5123/);
    assert.match(text, /double, \d+ s ago/);
    await workbench.screenshot('tree-double-tooltip', { keepPointer: true });
    await workbench.page.mouse.move(700, 500);
  });

  it('keeps what is collapsed collapsed over a refresh', async () => {
    await workbench.collapse('cc1');
    writeObserved(folder, { dc1: primaryAway() });
    await workbench.command('ClusterControl HA: Refresh');
    await workbench.treeRow('192.168.73.200', 'nobody holds it').waitFor();
    writeObserved(folder, { dc1: healthyPair() });
    await workbench.command('ClusterControl HA: Refresh');
    await workbench.treeRow('192.168.73.200', 'on cc1').waitFor();
    const row = workbench.treeRow('cc1', 'primary');
    assert.equal(await row.getAttribute('aria-expanded'), 'false');
    await workbench.expand('cc1');
  });

  it('shows what was last known of a host that does not answer, also after a restart', async () => {
    writeObserved(folder, { dc1: primaryAway() });
    await workbench.command('ClusterControl HA: Refresh');
    await workbench.treeRow('cc1', /no answer · last known primary, \d+ s ago/).waitFor();
    await workbench.statusBarItem('dc1: error').waitFor();
    await workbench.screenshot('tree-double-away');
    await workbench.reload();
    await workbench.openView('ClusterControl HA');
    await workbench.treeRow('cc1', /no answer · last known primary, .* ago/).waitFor();
  });

  it('shows the last picture with its age when nothing can be observed', async () => {
    writeObserved(folder, { dc1: { fails: 'The probe ended early.' } });
    await workbench.command('ClusterControl HA: Refresh');
    await workbench.treeRow('dc1', /The probe ended early. · last known, .* ago/).waitFor();
    await workbench.screenshot('tree-double-stale');
  });

  it('offers promotion on the standby and not on the primary', async () => {
    writeObserved(folder, { dc1: healthyPair() });
    await workbench.command('ClusterControl HA: Refresh');
    await workbench.treeRow('192.168.73.200', 'on cc1').waitFor();
    const onStandby = await workbench.contextMenuEntries(workbench.treeRow('cc2', 'standby'));
    assert.ok(
      onStandby.some((label) => label.startsWith('Promote Standby')),
      onStandby.join(),
    );
    const onPrimary = await workbench.contextMenuEntries(workbench.treeRow('cc1', 'primary'));
    assert.ok(!onPrimary.some((label) => label.startsWith('Promote Standby')), onPrimary.join());
    await workbench.contextMenu(workbench.treeRow('cc2', 'standby'), 'Promote Standby');
    await workbench.notification('launched promote of cc2 in dc1').waitFor();
  });

  it('says in the status bar how old it is, once nobody asks any more', async () => {
    writeObserved(folder, { dc1: healthyPair() });
    await workbench.command('ClusterControl HA: Refresh');
    await workbench.treeRow('192.168.73.200', 'on cc1').waitFor();
    // The interval is 0 here. Nobody can make the editor's time pass: this waits until a minute has.
    const old = workbench.statusBarItem(/dc1: healthy, 1 min ago/);
    await old.waitFor({ timeout: 110_000 });
    assert.equal(await old.locator('.codicon-history').count(), 1);
    assert.equal(await old.locator('.codicon-pass').count(), 0);
    await old.getByRole('button', { name: /dc1, healthy, 1 min ago/ }).waitFor();
    await workbench.screenshot('status-bar-old');
  });

  it('lists a run that another process has begun, with the next look at the hosts', async () => {
    await workbench.expandView('Runs');
    await workbench.page.locator('.welcome-view-content', { hasText: 'No operation has been run' }).waitFor();
    const run = { runId: 'promote-1', title: 'Promote cc2 in dc1', running: false, summary: '', next: '' };
    writeFileSync(path.join(folder, 'runs.json'), JSON.stringify([{ ...run, startedAtMs: Date.now() }]));
    await workbench.command('ClusterControl HA: Refresh');
    await workbench.treeRow('Promote cc2 in dc1', 'without an end').waitFor();
  });
});
