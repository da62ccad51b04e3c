import * as vscode from 'vscode';
import { runDescription } from '../../runs/words';
import type { PastRun } from '../../services';
import type { Ui } from '../ui';

/** The run of the row, or the one that the operator picks, the newest first. */
export async function pickRun(ui: Ui, argument: unknown, placeHolder: string): Promise<PastRun | undefined> {
  const runs = await (await ui.launcher()).runs();
  const named = (argument as Partial<PastRun> | undefined)?.runId;
  const given = runs.find(({ runId }) => runId === named);
  if (given) return given;
  if (runs.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('No operation has been run from this machine yet.'),
    );
    return undefined;
  }
  const now = Date.now();
  const items = runs.map((run) => ({
    label: run.title,
    description: runDescription(run, now),
    detail: run.summary,
    run,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.run;
}
