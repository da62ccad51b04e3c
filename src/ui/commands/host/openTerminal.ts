import * as vscode from 'vscode';
import { pickHost, requireTrust } from '../pick';
import type { Ui } from '../ui';
import { sshArguments } from './sshArguments';

/** The operator's own ssh in a terminal, with the inventory's settings. */
export async function openTerminal(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const picked = await pickHost(ui, argument, vscode.l10n.t('Host to open a terminal on'));
  if (!picked) {
    return;
  }
  const { site, host } = picked;
  const terminal = vscode.window.createTerminal({
    name: `${host.name} (${site.name})`,
    iconPath: new vscode.ThemeIcon('server'),
    shellPath: 'ssh',
    shellArgs: sshArguments(host, ui.settings.sshConfigFile()),
  });
  terminal.show();
}
