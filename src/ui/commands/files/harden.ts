import * as vscode from 'vscode';
import { launch } from '../operation/launch';
import { pickSite, requireTrust } from '../pick';
import type { Ui } from '../ui';

const OPERATION = 'harden';

/** A pair of the documented profile to the hardened one. The plan says by itself where there is nothing to do. */
export async function harden(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site to harden'));
  if (site) {
    await launch(ui, { site, operation: OPERATION });
  }
}
