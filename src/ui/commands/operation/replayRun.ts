import * as vscode from 'vscode';
import type { Ui } from '../ui';
import { pickRun } from './pickRun';

/** Shows a past operation moment by moment, from its journal. Asks no host. */
export async function replayRun(ui: Ui, argument: unknown): Promise<void> {
  const run = await pickRun(ui, argument, vscode.l10n.t('Operation to see again'));
  if (run) {
    await (await ui.launcher()).replay(run.runId);
  }
}
