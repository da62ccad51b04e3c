import * as vscode from 'vscode';
import { nodeOf, pickSite, requireTrust } from '../pick';
import type { Ui } from '../ui';

const OPERATION = 'rejoin';

/** Asks for the host that becomes the standby; what is to be done to it, the plan finds out and shows. */
export async function prepareAsSecondary(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site whose standby is brought back'));
  if (!site) {
    return;
  }
  const choices = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Asking the hosts of {0}', site.name),
    },
    () => ui.service.targets(site, OPERATION),
  );
  const given = choices.find((choice) => choice.host === nodeOf(argument)?.host);
  const items = choices.map(({ host, label, detail }) => ({ label: host, description: label, detail, host }));
  const target =
    given ??
    (await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Prepare as Secondary: {0}', site.name),
      placeHolder: vscode.l10n.t('Host that becomes the standby of the primary'),
    }));
  if (target) {
    await (await ui.launcher()).launch(site, OPERATION, target.host);
  }
}
