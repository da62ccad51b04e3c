import * as vscode from 'vscode';
import type { Site } from '../../../core/inventory/site';
import { secretNames } from '../../inventory/secretNames';
import { pickSite, pickTarget, requireTrust } from '../pick';
import type { Ui } from '../ui';
import { launch } from './launch';

const OPERATION = 'setup';

/** Asks for the host that becomes the primary. What the hosts have and lack, the plan finds out and shows. */
export async function setUpPair(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, vscode.l10n.t('Site to set up'));
  if (!site) {
    return;
  }
  const picked = await pickTarget(ui, undefined, site, OPERATION, {
    title: vscode.l10n.t('Deploy Replication Pair: {0}', site.name),
    placeHolder: vscode.l10n.t('Host that becomes the primary; the other one gets a copy of it'),
  });
  if (picked && (await offerPasswords(ui, site))) {
    await launch(ui, { site, operation: OPERATION, target: picked.target.host });
  }
}

/** Strong ones are made where the operator has none. False when he turned away. */
async function offerPasswords(ui: Ui, site: Site): Promise<boolean> {
  const names = secretNames(site);
  const available = new Set(await ui.secrets.available(names));
  const missing = names.filter((name) => !available.has(name));
  if (missing.length === 0) {
    return true;
  }
  const generate = vscode.l10n.t('Generate Passwords');
  const enter = vscode.l10n.t('Enter Them');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} passwords of {1} have no value yet.', missing.length, site.name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Without a value: {0}. Generated ones are kept in the secret storage of this editor alone. Where accounts exist already, enter theirs.',
        missing.join(', '),
      ),
    },
    generate,
    enter,
  );
  if (choice === generate) {
    await ui.secrets.generate(missing, site);
  }
  return choice !== undefined;
}
