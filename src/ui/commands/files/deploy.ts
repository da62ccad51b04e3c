import * as vscode from 'vscode';
import type { FileComparison } from '../../../core/deploy/compare';
import { isDrift, matters } from '../../../core/deploy/drift';
import { askHosts } from '../../compare/ask';
import { showDifferences } from '../../compare/differences';
import { launch } from '../operation/launch';
import { nodeOf, pickSite, requireTrust } from '../pick';
import type { Ui } from '../ui';

const OPERATION = 'deploy';

interface FileItem extends vscode.QuickPickItem {
  readonly one: FileComparison;
}

/** Asks for files that differ, then leaves the rest to the runbook page: nothing is changed before its confirmation. */
export async function deploy(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const node = nodeOf(argument);
  const site = await pickSite(ui, argument, vscode.l10n.t('Site to deploy to'));
  if (!site) {
    return;
  }
  const different = (await askHosts(ui, site))
    .filter(({ drift }) => isDrift(drift))
    .filter(({ file }) => node?.host === undefined || file.host === node.host)
    .filter(({ file }) => node?.kind !== 'file' || file.path === node.label);
  if (different.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('There is nothing to deploy: the hosts of {0} are as the inventory says.', site.name),
    );
    return;
  }
  const chosen = await chooseFiles(ui, site.name, different);
  if (chosen === undefined || chosen.length === 0) {
    return;
  }
  const files = chosen.map(({ file }) => `${file.host}:${file.path}`);
  await launch(ui, { site, operation: OPERATION, choices: { files } });
}

/** All that matters is ticked at first. The button beside a file shows its lines. */
function chooseFiles(
  ui: Ui,
  site: string,
  different: readonly FileComparison[],
): Promise<readonly FileComparison[] | undefined> {
  const show: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('diff'),
    tooltip: vscode.l10n.t('Show the difference'),
  };
  const pick = vscode.window.createQuickPick<FileItem>();
  pick.title = vscode.l10n.t('Deploy: {0}', site);
  pick.placeholder = vscode.l10n.t(
    'Files to bring to the hosts. Nothing is changed before you confirm the plan.',
  );
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.ignoreFocusOut = true;
  pick.items = different.map((one) => ({
    label: `${one.file.host}: ${one.file.path}`,
    description: one.drift.text,
    buttons: one.drift.kind === 'unknown' ? [] : [show],
    one,
  }));
  pick.selectedItems = pick.items.filter(({ one }) => matters(one.drift) && one.drift.kind !== 'unknown');
  return new Promise((resolve) => {
    pick.onDidTriggerItemButton(({ item }) => void showDifferences(ui.earlier, site, [item.one]));
    pick.onDidAccept(() => {
      resolve(pick.selectedItems.map(({ one }) => one));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
