import * as vscode from 'vscode';
import { TextPositions } from '../../inventory/positions';
import { pickSite } from '../pick';
import type { Ui } from '../ui';

/** Opens the inventory at the site's name. */
export async function openInventory(ui: Ui, argument: unknown): Promise<void> {
  const { documents } = ui.store.state;
  const site =
    ui.store.state.sites.length > 0
      ? await pickSite(ui, argument, vscode.l10n.t('Site to show in its inventory'))
      : undefined;
  const document = documents.find(({ file }) => file === site?.file) ?? documents[0];
  if (!document) {
    throw new Error(vscode.l10n.t('The workspace has no clustercontrol.yaml.'));
  }
  const offset = site ? Math.max(0, document.text.search(keyPattern(site.name))) : 0;
  const { line } = new TextPositions(document.text).at(offset);
  const selection = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(document.file), { selection });
}

/** A key of this name at the beginning of a line, quoted or not. */
function keyPattern(name: string): RegExp {
  return new RegExp(`^[ \\t]*["']?${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}["']?[ \\t]*:`, 'm');
}
