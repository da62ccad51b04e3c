import * as vscode from 'vscode';
import { diagnosticsReport } from '../../support/diagnosticsReport';
import type { Ui } from '../ui';

/** What a bug report needs, on the clipboard. No secret is in it, and no address. */
export async function copyDiagnostics(ui: Ui): Promise<void> {
  const report = diagnosticsReport({
    versions: {
      extension: String((ui.extension.packageJSON as { version?: unknown }).version),
      editor: `${vscode.env.appName} ${vscode.version}`,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      remote: vscode.env.remoteName ?? 'none',
    },
    trusted: vscode.workspace.isTrusted,
    inventory: ui.store.state,
    views: ui.monitor.all(),
  });
  await vscode.env.clipboard.writeText(ui.redactor.redact(report));
  await vscode.window.showInformationMessage(vscode.l10n.t('Diagnostics were copied. They hold no secrets.'));
}
