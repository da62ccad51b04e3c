import * as vscode from 'vscode';
import { COMMANDS } from '../ids';

/** @param others how many more operations have no end */
export async function tellUnfinished(title: string, others: number): Promise<void> {
  const open = vscode.l10n.t('Resume or Undo…');
  const text =
    others === 0
      ? vscode.l10n.t('"{0}" has no end yet.', title)
      : vscode.l10n.t('"{0}" and {1} more operations have no end yet.', title, String(others));
  if ((await vscode.window.showWarningMessage(text, open)) === open) {
    await vscode.commands.executeCommand(COMMANDS.resumeOperation);
  }
}
