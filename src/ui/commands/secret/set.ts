import * as vscode from 'vscode';
import { secretNames } from '../../inventory/secretNames';
import type { Ui } from '../ui';

/** Asks which of the inventory's secrets gets a value, then for the value. */
export async function setSecret(ui: Ui, argument: unknown): Promise<void> {
  const names = secretNames(ui.store.state.sites);
  const given = typeof argument === 'string' && names.includes(argument) ? argument : undefined;
  if (names.length === 0) {
    throw new Error(vscode.l10n.t('The inventory names no secret.'));
  }
  const available = new Set(await ui.secrets.available(names));
  const items = names.map((name) => ({
    label: name,
    iconPath: new vscode.ThemeIcon(available.has(name) ? 'pass' : 'key'),
    description: available.has(name) ? vscode.l10n.t('has a value') : vscode.l10n.t('has no value yet'),
  }));
  const placeHolder = vscode.l10n.t('Secret to set');
  const name = given ?? (await vscode.window.showQuickPick(items, { placeHolder }))?.label;
  if (name !== undefined && (await ui.secrets.ask(name, ui.store.state.sites))) {
    ui.refresh.request('asked for');
  }
}
