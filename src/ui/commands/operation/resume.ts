import * as vscode from 'vscode';
import { requireTrust } from '../pick';
import type { Ui } from '../ui';

/** Opens the page of an operation that has no end yet. */
export async function resumeOperation(ui: Ui): Promise<void> {
  requireTrust();
  const launcher = await ui.launcher();
  const runs = await launcher.unfinished();
  if (runs.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('No operation is unfinished.'));
    return;
  }
  const items = runs.map(({ runId, title, detail }) => ({ label: title, detail, runId }));
  const placeHolder = vscode.l10n.t('Operation to finish or to undo');
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (picked) {
    await launcher.resume(picked.runId);
  }
}
