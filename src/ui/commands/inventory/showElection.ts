import * as vscode from 'vscode';
import type { Ui } from '../ui';

/** Puts the cursor on the key of a lens and shows its hover: the table of the simulated election. */
export async function showElection(_ui: Ui, argument: unknown): Promise<void> {
  const place = argument as { readonly file?: unknown; readonly offset?: unknown } | undefined;
  if (typeof place?.file !== 'string' || typeof place.offset !== 'number') {
    return;
  }
  const editor = await vscode.window.showTextDocument(vscode.Uri.parse(place.file));
  const position = editor.document.positionAt(place.offset);
  editor.selection = new vscode.Selection(position, position);
  await vscode.commands.executeCommand('editor.action.showHover');
}
