import * as vscode from 'vscode';
import { TextPositions } from '../../inventory/positions';
import type { NamedSite } from '../../services';
import { nodeOf } from '../pick';
import type { Ui } from '../ui';

/** Opens the inventory at the site's name. One with errors can be opened, too: here they are mended. */
export async function openInventory(ui: Ui, argument: unknown): Promise<void> {
  const { documents, named } = ui.store.state;
  const given = named.find(({ name }) => name === nodeOf(argument)?.site);
  const site = given ?? (named.length > 1 ? await pickNamed(named) : named[0]);
  if (!site && named.length > 1) {
    return;
  }
  const document = documents.find(({ file }) => file === site?.file) ?? documents[0];
  if (!document) {
    throw new Error(vscode.l10n.t('The workspace has no clustercontrol.yaml.'));
  }
  const offset = site ? Math.max(0, document.text.search(keyPattern(site.name))) : 0;
  const { line } = new TextPositions(document.text).at(offset);
  const selection = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(document.file), { selection });
}

async function pickNamed(named: readonly NamedSite[]): Promise<NamedSite | undefined> {
  const items = named.map((site) => ({
    label: site.name,
    description: vscode.workspace.asRelativePath(vscode.Uri.parse(site.file)),
    site,
  }));
  const placeHolder = vscode.l10n.t('Site to show in its inventory');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.site;
}

/** A key of this name at the beginning of a line, quoted or not. */
function keyPattern(name: string): RegExp {
  return new RegExp(`^[ \\t]*["']?${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}["']?[ \\t]*:`, 'm');
}
