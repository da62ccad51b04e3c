import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { useLabEditor } from '../../labEditor';
import { labCanBeHad } from '../../labSession';
import { until } from '../../until';
import type { Workbench } from '../../workbench';

(labCanBeHad ? describe : describe.skip)('a new inventory from three real hosts', () => {
  const editor = useLabEditor({ profile: 'documented', fixture: 'empty' });
  let workbench: Workbench;

  before(() => {
    ({ workbench } = editor);
  });

  it('is asked for in three lines, leaves nothing open, and is the running site once it is saved', async () => {
    await workbench.command('ClusterControl HA: New Inventory from Hosts…');
    const prompt = (text: string) => workbench.quickInput.getByText(text).first().waitFor();
    await prompt('The first controller');
    await workbench.input('cc1 192.168.73.201');
    await prompt('The second controller');
    await workbench.input('cc2 192.168.73.202');
    await prompt('The Prometheus host');
    await workbench.input('prom 192.168.73.209');
    const line = (text: string) => workbench.page.locator('.view-line', { hasText: text }).first();
    await line('profile: documented').waitFor();
    await line('priority: 105').waitFor();
    assert.equal(await line('# TODO').count(), 0);
    await workbench.screenshot('new-inventory-from-running-pair');
    await workbench.command('File: Save');
    const file = path.join(editor.folder, 'clustercontrol.yaml');
    await until(`${file} is saved`, () => {
      try {
        return readFileSync(file, 'utf8').includes('vip: 192.168.73.200');
      } catch {
        return false;
      }
    });
    await workbench.openView('ClusterControl HA');
    await workbench.treeRow('VIP', 'on cc1').waitFor({ timeout: 60_000 });
    await workbench.treeRow('cc1', 'primary').waitFor();
    await workbench.treeRow('cc2', 'standby').waitFor();
  });
});
