import * as vscode from 'vscode';
import { saveMarkdown, showMarkdown } from '../../documents/markdown';
import { pickSite, requireTrust } from '../pick';
import type { Ui } from '../ui';

/** A rehearsal: the whole promotion there and back, with a report of what users would have noticed. */
export async function drill(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site to drill'));
  if (!site) {
    return;
  }
  const launcher = await ui.launcher();
  const location = vscode.ProgressLocation.Window;
  const obstacle = await vscode.window.withProgress(
    { location, title: vscode.l10n.t('Asking the hosts of {0}', site.name) },
    () => launcher.drillObstacle(site),
  );
  if (obstacle !== '') {
    throw new Error(vscode.l10n.t('No drill of {0} now: {1}', site.name, obstacle));
  }
  const verb = vscode.l10n.t('Drill');
  const detail = vscode.l10n.t(
    'The standby is promoted, and then the old primary again. Each of the two interrupts writes and the virtual IP for a moment. Any problem ends the drill.',
  );
  const question = vscode.l10n.t('Drill {0}: promote there and back?', site.name);
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, verb)) !== verb) {
    return;
  }
  const content = await vscode.window.withProgress(
    { location, title: vscode.l10n.t('Drill of {0}', site.name) },
    () => launcher.drill(site, 1),
  );
  const name = vscode.l10n.t('Drill of {0}', site.name);
  await showMarkdown(ui.earlier, name, content);
  const save = vscode.l10n.t('Save Report…');
  const ended = vscode.l10n.t(
    'The drill of {0} has ended. Its figures are kept in the history of drills.',
    site.name,
  );
  if ((await vscode.window.showInformationMessage(ended, save)) === save) {
    await saveMarkdown(`${site.name}-drill-report.md`, content);
  }
}
