import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { useLabEditor } from '../../labEditor';
import { labCanBeHad, type LabSession } from '../../labSession';
import { until } from '../../until';
import type { Workbench } from '../../workbench';

/** A host that boots, or one whose silence has to be noticed. */
const CHANGE_LIMIT_MS = 60_000;

(labCanBeHad ? describe : describe.skip)('the topology of three real hosts', () => {
  const editor = useLabEditor({
    profile: 'hardened',
    ready: (opened) => opened.openView('ClusterControl HA'),
  });
  let lab: LabSession;
  let workbench: Workbench;

  before(() => {
    ({ lab, workbench } = editor);
  });

  it('shows both controllers healthy, with role, VIP, services, replication and file sync', async () => {
    await workbench.statusBarItem('dc1: healthy').waitFor();
    await workbench.treeRow('VIP', 'on cc1').waitFor();
    await workbench.treeRow('cc1', 'primary').waitFor();
    await workbench.treeRow('cc2', 'standby').waitFor();
    await workbench.treeRow('Services', '6 of 6 active').waitFor();
    await workbench.treeRow('File sync', 'to cc2').waitFor();
    await workbench.screenshot('tree-light');
  });

  it('has every fact of MySQL in its tooltip', async () => {
    const hover = await workbench.treeHover(workbench.treeRow('MySQL', 'read-only'));
    assert.match(await hover.innerText(), /[0-9a-f]{8}-[0-9a-f]{4}-.*:1-\d+/);
    await workbench.screenshot('tree-tooltip', { keepPointer: true });
  });

  it('reads well in every theme, and in a narrow side bar', async () => {
    await workbench.setTheme('dark');
    await workbench.screenshot('tree-dark');
    await workbench.setTheme('highContrast');
    await workbench.screenshot('tree-high-contrast');
    await workbench.setTheme('light');
    await workbench.resizeSideBar(220);
    await workbench.screenshot('tree-narrow');
    await workbench.resizeSideBar(400);
  });

  it('says that a host does not answer and what was last known of it', async function () {
    this.timeout(3 * CHANGE_LIMIT_MS);
    await lab.act('off', 'cc2', '--hard');
    await workbench.treeRow('cc2', /last known standby, .* ago/).waitFor({ timeout: CHANGE_LIMIT_MS });
    await workbench.screenshot('tree-standby-away');
    await lab.act('on', 'cc2');
    await workbench.statusBarItem('dc1: healthy').waitFor({ timeout: CHANGE_LIMIT_MS });
  });

  it('asks before it trusts a host key that is not known, and keeps the answer', async () => {
    const knownHosts = path.join(editor.scratch, 'known_hosts');
    const config = path.join(editor.scratch, 'ssh_config');
    const identity = 'IdentityFile /run/clustercontrol-lab/operator/id_ed25519';
    writeFileSync(
      config,
      `Host *\n  User root\n  ${identity}\n  UserKnownHostsFile ${knownHosts}\n  GlobalKnownHostsFile /dev/null\n`,
    );
    workbench.changeSettings({ 'clustercontrolHa.ssh.configFile': config });
    await workbench.dialog.waitFor();
    assert.match(await workbench.dialog.innerText(), /SHA256:[A-Za-z0-9+/]{43}/);
    await workbench.screenshot('host-key');
    for (let answered = 0; answered < 3; answered++) {
      await workbench.answerDialog(/^Trust /);
      await until(`answer ${answered + 1} in ${knownHosts}`, () => {
        const lines = existsSync(knownHosts) ? readFileSync(knownHosts, 'utf8').trim().split('\n') : [];
        return lines.length > answered;
      });
    }
    await workbench.statusBarItem('dc1: healthy').waitFor();
  });

  it('refuses a host key that has changed, and says what to do', async () => {
    const knownHosts = path.join(editor.scratch, 'known_hosts');
    const keys = readFileSync(knownHosts, 'utf8').trim().split('\n');
    const other = keys.map((line) => line.split(' ').slice(1).join(' '));
    // Each address now has another host's key.
    const changed = keys.map((line, index) => `${line.split(' ')[0]} ${other[(index + 1) % other.length]}`);
    writeFileSync(knownHosts, `${changed.join('\n')}\n`);
    await workbench.reload();
    await workbench.openView('ClusterControl HA');
    await workbench.statusBarItem('dc1: error').waitFor();
    await workbench.treeRow('host-key-changed', /the host key of cc1 is refused/).waitFor();
    assert.equal(await workbench.dialog.isVisible(), false);
    await workbench.screenshot('host-key-changed');
  });
});
