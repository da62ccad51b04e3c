import * as vscode from 'vscode';
import type { HostAccess } from '../core/operate/hostAccess';

/** Hosts that a folder names are contacted once the operator trusts that folder. */
export const workspaceTrust: HostAccess = {
  closed: () =>
    vscode.workspace.isTrusted
      ? undefined
      : {
          reason: vscode.l10n.t('Hosts are not contacted from a folder that is not trusted.'),
          next: vscode.l10n.t('If you know who wrote it: "Workspaces: Manage Workspace Trust".'),
        },
  onDidChange: (listener) => vscode.workspace.onDidGrantWorkspaceTrust(listener),
};
