import * as vscode from 'vscode';
import { pickSite, pickTarget, requireTrust } from '../pick';
import type { Ui } from '../ui';
import { launch } from './launch';

const OPERATION = 'promote';

/** Asks for site and target, then leaves the rest to the runbook page: nothing is changed before its confirmation. */
export async function promoteStandby(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site whose standby becomes primary'));
  if (!site) {
    return;
  }
  const picked = await pickTarget(ui, argument, site, OPERATION, {
    title: vscode.l10n.t('Promote Standby: {0}', site.name),
    placeHolder: vscode.l10n.t('Host that becomes primary'),
  });
  if (picked) {
    await launch(ui, { site, operation: OPERATION, target: picked.target.host });
  }
}
