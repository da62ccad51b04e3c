import * as vscode from 'vscode';
import type { TextRange } from '../../../core/findings/finding';
import type { OutlineItem } from '../../../core/inventory/language/outline';
import { othersOutline } from '../otherYaml';
import { inventoryLanguage } from './lazyLanguage';
import { rangeIn } from './ranges';

const KINDS: Readonly<Record<OutlineItem['kind'], vscode.SymbolKind>> = {
  site: vscode.SymbolKind.Module,
  host: vscode.SymbolKind.Object,
  section: vscode.SymbolKind.Namespace,
  value: vscode.SymbolKind.Property,
};

interface Kept {
  readonly line: number;
  readonly character: number;
  readonly symbol: vscode.DocumentSymbol;
}

/** By the core's item, which stays the same while its site does: a letter typed in one site makes one site's symbols. */
const kept = new WeakMap<OutlineItem, Kept>();

/** Sites and what they hold: outline, breadcrumbs, "Go to Symbol". */
export class InventoryOutline implements vscode.DocumentSymbolProvider {
  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    if (othersOutline()) {
      return [];
    }
    const language = await inventoryLanguage();
    return language
      .outline(document.uri.toString(), document.getText())
      .map(({ start, item }) => siteSymbol(document, start, item));
  }
}

function siteSymbol(document: vscode.TextDocument, start: number, item: OutlineItem): vscode.DocumentSymbol {
  const { line, character } = document.positionAt(start);
  const before = kept.get(item);
  if (before?.line === line && before.character === character) {
    return before.symbol;
  }
  const made = symbol(document, start, item);
  kept.set(item, { line, character, symbol: made });
  return made;
}

function symbol(document: vscode.TextDocument, start: number, item: OutlineItem): vscode.DocumentSymbol {
  const range = ({ start: from, end }: TextRange): vscode.Range =>
    rangeIn(document, { start: start + from, end: start + end });
  const made = new vscode.DocumentSymbol(
    item.name,
    item.detail,
    KINDS[item.kind],
    range(item.range),
    range(item.selection),
  );
  made.children = item.children.map((child) => symbol(document, start, child));
  return made;
}
