import * as vscode from 'vscode';
import type { OutlineItem } from '../../../core/inventory/language/outline';
import { inventoryLanguage } from './lazyLanguage';
import { rangeIn } from './ranges';

const KINDS: Readonly<Record<OutlineItem['kind'], vscode.SymbolKind>> = {
  site: vscode.SymbolKind.Module,
  host: vscode.SymbolKind.Object,
  section: vscode.SymbolKind.Namespace,
  value: vscode.SymbolKind.Property,
};

/** Sites and what they hold: outline, breadcrumbs, "Go to Symbol". */
export class InventoryOutline implements vscode.DocumentSymbolProvider {
  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const language = await inventoryLanguage();
    return language
      .outline(document.uri.toString(), document.getText())
      .map((item) => symbol(document, item));
  }
}

function symbol(document: vscode.TextDocument, item: OutlineItem): vscode.DocumentSymbol {
  const made = new vscode.DocumentSymbol(
    item.name,
    item.detail,
    KINDS[item.kind],
    rangeIn(document, item.range),
    rangeIn(document, item.selection),
  );
  made.children = item.children.map((child) => symbol(document, child));
  return made;
}
