import * as vscode from 'vscode';
import { showMarkdown } from '../../documents/markdown';
import { pickSite } from '../pick';
import type { Ui } from '../ui';

/** What the drills of a site have measured, the newest first. */
export async function showDrills(ui: Ui, argument: unknown): Promise<void> {
  const site = await pickSite(ui, argument, vscode.l10n.t('Site whose drills are shown'));
  if (!site) {
    return;
  }
  const text = await (await ui.launcher()).drillHistory(site);
  if (text === '') {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('No drill of {0} has been run from this machine yet.', site.name),
    );
    return;
  }
  await showMarkdown(ui.earlier, vscode.l10n.t('Drills of {0}', site.name), text);
}
