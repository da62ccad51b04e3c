import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../build';
import { copyFixture } from '../../hosts';
import { useSession } from '../../session';
import { until } from '../../until';
import type { Workbench } from '../../workbench';

describe('Problems', () => {
  const session = useSession(() => ({ settings: { 'editor.hover.delay': 100 } }));
  let workbench: Workbench;
  let folder: string;

  before(async () => {
    folder = copyFixture('broken', session.scratch);
    workbench = await session.open({ folder, extension: ROOT });
    await workbench.openFile('clustercontrol.yaml');
  });

  it('show each finding at its own place', async () => {
    const panel = await workbench.openProblems();
    const row = panel.locator('.monaco-list-row', { hasText: 'controlers' }).first();
    await row.waitFor();
    assert.match(await row.innerText(), /Ln 7, Col 5/);
    await workbench.screenshot('problems');
  });

  it('explain themselves in the hover, with their code', async () => {
    const hover = await workbench.editorHover('controlers');
    const text = await hover.innerText();
    assert.match(text, /ClusterControl HA\s*unknown-key/);
    await workbench.screenshot('problems-hover', { keepPointer: true });
  });

  it('lead from their code to its explanation', async () => {
    const panel = await workbench.openProblems();
    const row = panel.locator('.monaco-list-row', { hasText: 'controlers' }).first();
    await row.locator('a', { hasText: 'unknown-key' }).click();
    await workbench.page.locator('.tab.active', { hasText: 'findings.md' }).waitFor();
    await workbench.screenshot('problems-explained');
    await workbench.page.keyboard.press('Control+F4');
    await workbench.openFile('clustercontrol.yaml');
  });

  it('are fixed by keyboard, and comments stay', async () => {
    const fix = workbench.page.locator('.action-widget .monaco-list-row', { hasText: 'controllers' }).first();
    // Diagnostics that come at this moment close the list again.
    await until('the list of fixes', async () => {
      await workbench.page.locator('.view-line span', { hasText: 'controlers' }).last().click();
      await workbench.page.keyboard.press('Control+.');
      await fix.waitFor({ timeout: 5_000 });
      return true;
    });
    await workbench.screenshot('problems-quick-fix');
    await fix.click();
    await workbench.page.locator('.view-line', { hasText: 'controllers:' }).waitFor();
    await workbench.page.keyboard.press('Control+S');
    const file = path.join(folder, 'clustercontrol.yaml');
    await until('the saved fix', () => readFileSync(file, 'utf8').includes('    controllers:\n'));
    assert.match(readFileSync(file, 'utf8'), /^# Everything in here is wrong on purpose\./);
    const panel = await workbench.openProblems();
    await panel.locator('.monaco-list-row', { hasText: 'controlers' }).waitFor({ state: 'detached' });
    await panel.locator('.monaco-list-row', { hasText: '300' }).first().waitFor();
  });
});
