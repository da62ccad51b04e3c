import * as vscode from 'vscode';
import { nextSecret } from '../../../core/inventory/secretNames';
import { schemeOf } from '../../../core/schemes/registry';
import { pickSite, pickTarget, requireTrust } from '../pick';
import type { Ui } from '../ui';
import { launch } from './launch';

const OPERATION = 'rotate';

/** Asks for the account, makes its new password, and leaves the rest to the runbook page. */
export async function rotatePasswords(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site whose passwords are changed'));
  if (!site) {
    return;
  }
  const picked = await pickTarget(ui, undefined, site, OPERATION, {
    title: vscode.l10n.t('Rotate Passwords: {0}', site.name),
    placeHolder: vscode.l10n.t('Account that gets a new, generated password'),
  });
  if (!picked) {
    return;
  }
  // A value of a rotation that was given up stays: hosts may have it already, and a resume needs the same one.
  const names = schemeOf(site)
    .operations.filter(({ id }) => id === OPERATION)
    .flatMap((operation) => operation.secrets(site));
  const next = names.filter((name) => names.includes(nextSecret(name))).map(nextSecret);
  const available = new Set(await ui.secrets.available(next));
  await ui.secrets.generate(
    next.filter((name) => !available.has(name)),
    site,
  );
  await launch(ui, { site, operation: OPERATION, target: picked.target.host });
}
