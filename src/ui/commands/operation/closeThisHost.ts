import * as vscode from 'vscode';
import { pickSite, pickTarget, requireTrust } from '../pick';
import type { Ui } from '../ui';

/** Asks for one controller; what closing it means to users, the plan says, and asks for the reason. */
export async function closeThisHost(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site of the host that is closed'));
  if (!site) {
    return;
  }
  const picked = await pickTarget(ui, argument, site, 'close', {
    title: vscode.l10n.t('Close This Host: {0}', site.name),
    placeHolder: vscode.l10n.t('Host that is closed at once: no virtual IP, no writes, no ClusterControl'),
  });
  if (picked) {
    await (await ui.launcher()).launch(site, 'close', picked.target.host);
  }
}

/** The way back from it. */
export async function reopenThisHost(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site of the host that is opened again'));
  if (!site) {
    return;
  }
  const picked = await pickTarget(ui, argument, site, 'reopen', {
    title: vscode.l10n.t('Reopen This Host: {0}', site.name),
    placeHolder: vscode.l10n.t('Host that was closed by hand'),
  });
  if (picked) {
    await (await ui.launcher()).launch(site, 'reopen', picked.target.host);
  }
}
