import * as vscode from 'vscode';
import type { Ui } from '../ui';
import { pickFolder } from './folder';

/** The shortest inventory: everything else has a default. Tab stops lead from value to value. */
const TEMPLATE = `version: 1
sites:
  \${1:dc1}:
    scheme: replication
    vip: \${2:192.168.73.200}
    controllers:
      \${3:cc1}: { address: \${4:192.168.73.201}, priority: 105 }
      \${5:cc2}: { address: \${6:192.168.73.202}, priority: 100 }
    prometheus: { name: \${7:prom}, address: \${8:192.168.73.209} }
`;

/** Opens a new inventory to be filled in. It is not on disk until it is saved. */
export async function newInventory(_ui: Ui): Promise<void> {
  const folder = await pickFolder();
  if (!folder) {
    return;
  }
  const file = vscode.Uri.joinPath(folder.uri, 'clustercontrol.yaml');
  const present = await vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  if (present) {
    await vscode.window.showTextDocument(file);
    return;
  }
  const editor = await vscode.window.showTextDocument(file.with({ scheme: 'untitled' }));
  await editor.insertSnippet(new vscode.SnippetString(TEMPLATE));
}
