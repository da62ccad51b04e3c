import * as vscode from 'vscode';
import type { Ui } from '../ui';

/** Opens the finding's section of the documentation, which ships with the extension. */
export async function explainFinding(ui: Ui, argument: unknown): Promise<void> {
  const page = vscode.Uri.joinPath(ui.extension.extensionUri, 'docs', 'findings.md');
  const fragment = typeof argument === 'string' ? argument.replace(/[^a-z0-9-]/g, '') : '';
  await vscode.commands.executeCommand('markdown.showPreview', page.with({ fragment }));
}
