import * as vscode from 'vscode';

/**
 * The folder that a new inventory is for: the only one, or the one that the operator picks. Undefined when he turned away.
 * @throws Error where no folder is open.
 */
export async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const [first, ...others] = vscode.workspace.workspaceFolders ?? [];
  if (!first) {
    throw new Error(vscode.l10n.t('Open a folder first: the inventory is a file in it.'));
  }
  if (others.length === 0) {
    return first;
  }
  return vscode.window.showWorkspaceFolderPick({
    placeHolder: vscode.l10n.t('Folder of the new inventory'),
  });
}
