import * as vscode from 'vscode';
import { inventoryLanguage } from './lazyLanguage';
import { rangeIn } from './ranges';

/** Meaning, default, unit, what holds now, and the source of the rule. */
export class InventoryHover implements vscode.HoverProvider {
  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const language = await inventoryLanguage();
    const found = language.hover(document.uri.toString(), document.getText(), document.offsetAt(position));
    return (
      found && new vscode.Hover(new vscode.MarkdownString(found.markdown), rangeIn(document, found.range))
    );
  }
}
