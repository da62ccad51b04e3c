import * as vscode from 'vscode';
import { allUnfinished } from '../../unfinishedRuns';
import { requireTrust } from '../pick';
import type { Ui } from '../ui';

/** Opens the page of an operation that has no end yet: one of this machine's journals, or one that the hosts tell of. */
export async function resumeOperation(ui: Ui): Promise<void> {
  requireTrust();
  const launcher = await ui.launcher();
  const elsewhere = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Asking the hosts for unfinished operations'),
    },
    () => launcher.unfinishedElsewhere(ui.store.state.sites),
  );
  const runs = allUnfinished(await launcher.unfinished(), elsewhere);
  if (runs.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('No operation is unfinished. What this window runs now is opened from the Runs view.'),
    );
    return;
  }
  const items = runs.map((run) => ({ label: run.title, detail: run.detail, run }));
  const placeHolder = vscode.l10n.t('Operation to finish or to undo');
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (!picked) {
    return;
  }
  const { site, runId } = picked.run;
  await (site === undefined ? launcher.resume(runId) : launcher.adopt(site));
}
