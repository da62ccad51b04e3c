import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DOUBLE } from '../../build';
import { healthyPair, primaryAway, writeObserved } from '../../double/scenario';
import { EditorHelp } from '../../editorHelp';
import { copyFixture } from '../../hosts';
import { useSession } from '../../session';
import { until } from '../../until';
import type { Workbench } from '../../workbench';

const SEEN = [
  {
    host: 'cc1',
    addresses: [{ interface: 'ens18', address: '192.168.73.201', prefixLength: 24 }],
    mysqlVersion: '8.4.3',
  },
];

describe('the inventory as a language', () => {
  const session = useSession(() => ({
    settings: {
      'editor.hover.delay': 100,
      'editor.wordBasedSuggestions': 'off',
      // A revert while lenses come may scroll a short file out of sight.
      'editor.scrollBeyondLastLine': false,
    },
  }));
  let workbench: Workbench;
  let help: EditorHelp;
  let file: string;

  before(async () => {
    const folder = copyFixture('pair', session.scratch);
    file = path.join(folder, 'clustercontrol.yaml');
    writeObserved(folder, { dc1: { ...healthyPair(), seen: SEEN } });
    workbench = await session.open({ folder, extension: DOUBLE });
    await workbench.openView('ClusterControl HA');
    await workbench.treeRow('192.168.73.200').waitFor();
    await workbench.openFile('clustercontrol.yaml');
    help = new EditorHelp(workbench);
  });

  afterEach(async () => {
    await workbench.page.keyboard.press('Escape');
    await workbench.command('File: Revert File');
  });

  it('shows the commands of a site and who will hold the VIP above their keys', async () => {
    await help.lens('Render').waitFor();
    await help.lens('Probe').waitFor();
    await help.lens('VIP: role moves from cc1 to cc2 → cc2').waitFor();
    await workbench.screenshot('language-lens');
  });

  it('completes keys with their documentation, once each', async () => {
    await help.typeLine('    k');
    await help.suggest();
    const row = help.suggestion('keepalived');
    await row.waitFor();
    assert.equal(await help.suggestion('keepalived').count(), 1);
    await help.showDetails();
    await help.details.filter({ hasText: 'keepalived on both controllers' }).waitFor();
    await workbench.screenshot('language-completion', { keepPointer: true });
    await workbench.page.keyboard.press('Enter');
    await help.line('keepalived:').waitFor();
    await help.suggest();
    await help.suggestion('virtualRouterId').waitFor();
  });

  it('offers the interfaces that the hosts have', async () => {
    await help.typeLine('    interface: ');
    await help.suggest();
    await help.suggestion('ens18').filter({ hasText: 'seen on cc1' }).waitFor();
    await workbench.screenshot('language-live-values', { keepPointer: true });
  });

  it('explains a key, with what holds and the simulated election', async () => {
    const hover = await workbench.editorHover('vip');
    await until('our hover', async () => (await hover.innerText()).includes('Virtual IP address'));
    assert.match(await hover.innerText(), /Simulated election/);
    await workbench.screenshot('language-hover', { keepPointer: true });
    await workbench.setTheme('dark');
    await workbench.screenshot('language-hover-dark', { keepPointer: true });
    await workbench.setTheme('light');
  });

  it('renames a controller', async () => {
    await help.goTo('cc1');
    await workbench.page.keyboard.press('F2');
    const box = workbench.page.locator('.rename-input');
    await box.waitFor();
    await box.fill('ctl-a');
    await workbench.page.keyboard.press('Enter');
    await help.line('ctl-a').first().waitFor();
    await workbench.page.keyboard.press('Control+S');
    await until('the new name on disk', () => readFileSync(file, 'utf8').includes('ctl-a:'));
    assert.doesNotMatch(readFileSync(file, 'utf8'), /\bcc1:/);
    await workbench.page.keyboard.press('Control+Z');
    await help.line('cc1').first().waitFor();
    await workbench.page.keyboard.press('Control+S');
  });

  it('lists sites and hosts as symbols', async () => {
    await workbench.page.keyboard.press('Control+Shift+O');
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'cc1' }).first();
    await row.waitFor();
    await workbench.screenshot('language-outline');
    await workbench.page.keyboard.press('Escape');
  });

  it('goes from a jump host to the controller that it means', async () => {
    await help.typeLine('    ssh: { jump: cc1 }');
    await help.goTo('cc1', 'last');
    await workbench.page.keyboard.press('F12');
    await until('the cursor at the controller', async () => (await help.currentLine()).includes('address'));
  });
});

describe('findings of hosts in Problems', () => {
  const session = useSession();
  let workbench: Workbench;
  let folder: string;

  before(async () => {
    folder = copyFixture('pair', session.scratch);
    writeObserved(folder, { dc1: primaryAway() });
    workbench = await session.open({ folder, extension: DOUBLE });
    await workbench.openView('ClusterControl HA');
    await workbench.openFile('clustercontrol.yaml');
  });

  it('stand at the line of their host, and go when it heals', async () => {
    const panel = await workbench.openProblems();
    const row = panel.locator('.monaco-list-row', { hasText: 'cc1 does not answer' }).first();
    await row.waitFor();
    assert.match(await row.innerText(), /ClusterControl HA \(hosts\)[\s\S]*Ln 7, Col 7/);
    await workbench.screenshot('language-host-problems');
    writeObserved(folder, { dc1: healthyPair() });
    await workbench.command('ClusterControl HA: Refresh');
    await row.waitFor({ state: 'detached' });
  });
});
