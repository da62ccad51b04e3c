import * as vscode from 'vscode';
import type { FileComparison } from '../../core/deploy/compare';
import type { EarlierContents } from '../documents/earlierContents';

/** Read-only documents of one file: what the host has, and what a deployment would leave there. */
function sides(
  documents: EarlierContents,
  { file, onHost, expected }: FileComparison,
): { readonly label: vscode.Uri; readonly host: vscode.Uri | undefined; readonly inventory: vscode.Uri } {
  const label = vscode.Uri.file(`/${file.host}${file.path}`);
  return {
    label,
    host: onHost === undefined ? undefined : documents.keep(label, onHost),
    inventory: documents.keep(label, expected ?? ''),
  };
}

/** One file: host on the left, inventory on the right. */
export async function showDifference(documents: EarlierContents, one: FileComparison): Promise<void> {
  const { label, host, inventory } = sides(documents, one);
  const name = one.file.path.slice(one.file.path.lastIndexOf('/') + 1);
  const title =
    host === undefined
      ? vscode.l10n.t('{0}: {1} (not on the host ↔ inventory)', one.file.host, name)
      : vscode.l10n.t('{0}: {1} (host ↔ inventory)', one.file.host, name);
  await vscode.commands.executeCommand('vscode.diff', host ?? documents.keep(label, ''), inventory, title);
}

/** All of them in one editor. */
export async function showDifferences(
  documents: EarlierContents,
  site: string,
  list: readonly FileComparison[],
): Promise<void> {
  const title = vscode.l10n.t('{0}: hosts ↔ inventory', site);
  const resources = list.map((one) => {
    const { label, host, inventory } = sides(documents, one);
    return [label, host, inventory];
  });
  await vscode.commands.executeCommand('vscode.changes', title, resources);
}
