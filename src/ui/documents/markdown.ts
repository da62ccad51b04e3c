import * as vscode from 'vscode';
import type { EarlierContents } from './earlierContents';

/** Shows a report as it reads, not as it is typed. It is no file yet, so closing it asks nothing. */
export async function showMarkdown(documents: EarlierContents, name: string, text: string): Promise<void> {
  const uri = documents.keep(vscode.Uri.file(`/${name}.md`), text);
  await vscode.commands.executeCommand('markdown.showPreview', uri);
}

/** Asks where, in the workspace at first, writes, and opens it; false when cancelled. */
export async function saveMarkdown(suggestedName: string, text: string): Promise<boolean> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    filters: { Markdown: ['md'] },
    saveLabel: vscode.l10n.t('Save'),
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, suggestedName) } : {}),
  });
  if (!target) return false;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(target, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  return true;
}
