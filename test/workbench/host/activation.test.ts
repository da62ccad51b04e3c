import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../until';

const ID = 'clustercontrol-ha.clustercontrol-ha';

describe('activation', () => {
  it('happens by itself in a folder with an inventory', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension, 'the extension is not installed');
    await until('the extension to be active', () => extension.isActive);
  });

  it('registers every command of its manifest', async () => {
    const extension = vscode.extensions.getExtension(ID);
    const manifest = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands
      .map(({ command }) => command)
      .filter((id) => !registered.has(id));
    assert.deepEqual(missing, []);
  });
});
