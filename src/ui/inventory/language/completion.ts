import * as vscode from 'vscode';
import type { Suggestion } from '../../../core/inventory/language/suggestion';
import type { SeenSites } from '../../../core/inventory/language/seen';
import { inventoryLanguage } from './lazyLanguage';
import { rangeIn } from './ranges';

const KINDS: Readonly<Record<Suggestion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.EnumMember,
  seen: vscode.CompletionItemKind.Reference,
  snippet: vscode.CompletionItemKind.Snippet,
};

/** Keys, values and whole sites while typing. */
export class InventoryCompletion implements vscode.CompletionItemProvider {
  static readonly triggers = [' ', ':', '{', '[', ',', '-'];

  constructor(private readonly seen: () => SeenSites) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const language = await inventoryLanguage();
    const suggestions = language.completions(document.getText(), document.offsetAt(position), this.seen());
    return suggestions.map((suggestion) => itemOf(document, position, suggestion));
  }
}

function itemOf(
  document: vscode.TextDocument,
  position: vscode.Position,
  suggestion: Suggestion,
): vscode.CompletionItem {
  const { label, kind, detail, documentation, insert, replace, rank, again } = suggestion;
  const item = new vscode.CompletionItem(detail === '' ? label : { label, description: detail }, KINDS[kind]);
  const replacing = rangeIn(document, replace);
  item.range = { inserting: new vscode.Range(replacing.start, position), replacing };
  item.insertText = new vscode.SnippetString(insert);
  item.filterText = label;
  item.sortText = String(rank).padStart(5, '0');
  item.documentation = new vscode.MarkdownString(documentation);
  if (again) {
    item.command = { command: 'editor.action.triggerSuggest', title: '' };
  }
  return item;
}
