import * as vscode from 'vscode';
import type { Ui } from '../ui';

/** Reads every inventory again and says what came of it; details are in Problems. */
export async function checkInventory(ui: Ui): Promise<void> {
  const { health, sites, findings } = await ui.store.read();
  if (health === 'none') {
    throw new Error(vscode.l10n.t('The workspace has no clustercontrol.yaml.'));
  }
  const serious = findings.filter((finding) => finding.severity !== 'information');
  if (serious.length > 0) {
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    return;
  }
  const names = sites.map((site) => site.name).join(', ');
  await vscode.window.showInformationMessage(
    vscode.l10n.t('The inventory has no problems. Sites: {0}', names),
  );
}
