import * as vscode from 'vscode';
import { pickSite, pickTarget, requireTrust } from '../pick';
import type { Ui } from '../ui';
import { launch } from './launch';

const OPERATION = 'rejoin';

/** Asks for the host that becomes the standby; what is to be done to it, the plan finds out and shows. */
export async function prepareAsSecondary(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site whose standby is brought back'));
  if (!site) {
    return;
  }
  const picked = await pickTarget(ui, argument, site, OPERATION, {
    title: vscode.l10n.t('Prepare as Secondary: {0}', site.name),
    placeHolder: vscode.l10n.t('Host that becomes the standby of the primary'),
  });
  if (picked) {
    await launch(ui, { site, operation: OPERATION, target: picked.target.host });
  }
}
