import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { ROOT } from '../../build';
import { EditorHelp } from '../../editorHelp';
import { copyFixture } from '../../hosts';
import { useSession } from '../../session';
import { until } from '../../until';
import type { Workbench } from '../../workbench';

/** Packs the stand-in, as it would be installed. */
function standIn(scratch: string): string {
  const source = path.join(__dirname, '../../otherYaml');
  const folder = path.join(scratch, 'other-yaml');
  const vsix = path.join(scratch, 'other-yaml.vsix');
  mkdirSync(folder);
  copyFileSync(path.join(source, 'package.json'), path.join(folder, 'package.json'));
  buildSync({
    entryPoints: [path.join(source, 'extension.ts')],
    outfile: path.join(folder, 'extension.js'),
    ...{ bundle: true, platform: 'node', external: ['vscode'] },
  });
  const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
  const packed = spawnSync(path.join(ROOT, 'node_modules/.bin/vsce'), ['package', ...options], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(packed.status, 0, packed.stderr);
  return vsix;
}

describe('beside another extension for YAML', () => {
  const session = useSession((scratch) => ({
    vsix: standIn(scratch),
    settings: { 'editor.wordBasedSuggestions': 'off' },
  }));
  let workbench: Workbench;
  let help: EditorHelp;

  before(async () => {
    workbench = await session.open({ folder: copyFixture('pair', session.scratch), extension: ROOT });
    await workbench.openFile('clustercontrol.yaml');
    help = new EditorHelp(workbench);
    await help.lens('Render').waitFor();
  });

  it('what both know is said once, and what we alone know is said', async () => {
    await help.typeLine('    vip: 192.168.73.1');
    const panel = await workbench.openProblems();
    const rows = (text: string) => panel.locator('.monaco-list-row', { hasText: text });
    await rows('Map keys must be unique').first().waitFor();
    await help.typeLine('    selffence: 15');
    await rows('did you mean selfFence?').first().waitFor();
    await until('one problem of the key', async () => (await rows('stands twice').count()) === 0);
    assert.equal(await rows('Map keys must be unique').count(), 1);
  });

  it('each key is completed once', async () => {
    await help.typeLine('    keepa');
    await help.suggest();
    await help.suggestion('keepalived').first().waitFor();
    assert.equal(await help.suggestion('keepalived').count(), 1);
    await workbench.page.keyboard.press('Escape');
  });

  it('each symbol is listed once', async () => {
    await workbench.page.keyboard.press('Control+Shift+O');
    await workbench.page.keyboard.insertText('cc1');
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'cc1' });
    await row.first().waitFor();
    assert.equal(await row.count(), 1);
    await workbench.page.keyboard.press('Escape');
  });
});
