import * as vscode from 'vscode';
import { pickSite, nodeOf, requireTrust } from '../pick';
import type { Ui } from '../ui';

const OPERATION = 'promote';

/** Asks for site and target, then leaves the rest to the runbook page: nothing is changed before its confirmation. */
export async function promoteStandby(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site whose standby becomes primary'));
  if (!site) {
    return;
  }
  // In the status bar: a notification stays a while after its end, beside what is asked next.
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
      title: vscode.l10n.t('Promote Standby: {0}', site.name),
      placeHolder: vscode.l10n.t('Host that becomes primary'),
    }));
  if (target) {
    await (await ui.launcher()).launch(site, OPERATION, target.host);
  }
}
