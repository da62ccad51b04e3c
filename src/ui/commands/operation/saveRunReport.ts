import * as vscode from 'vscode';
import { saveMarkdown } from '../../documents/markdown';
import type { Ui } from '../ui';
import { pickRun } from './pickRun';

/** The report of a past operation, Markdown, into a file of the workspace or elsewhere. */
export async function saveRunReport(ui: Ui, argument: unknown): Promise<void> {
  const run = await pickRun(ui, argument, vscode.l10n.t('Operation whose report is saved'));
  if (run) {
    await saveMarkdown(`${run.runId}-report.md`, await (await ui.launcher()).report(run.runId));
  }
}
