import * as vscode from 'vscode';
import type { NamedController } from '../../../core/inventory/language/names';
import { inventoryLanguage } from './lazyLanguage';
import { rangeIn } from './ranges';

/** Definition, references and rename of a controller's name. */
export class InventoryControllers
  implements vscode.DefinitionProvider, vscode.ReferenceProvider, vscode.RenameProvider
{
  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Location | undefined> {
    const named = await controllerAt(document, position);
    return named && new vscode.Location(document.uri, rangeIn(document, named.definition));
  }

  async provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
  ): Promise<vscode.Location[]> {
    const named = await controllerAt(document, position);
    const ranges = named ? [...(includeDeclaration ? [named.definition] : []), ...named.references] : [];
    return ranges.map((range) => new vscode.Location(document.uri, rangeIn(document, range)));
  }

  async prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<{ range: vscode.Range; placeholder: string }> {
    const named = await controllerAt(document, position);
    const offset = document.offsetAt(position);
    const range =
      named &&
      [named.definition, ...named.references].find(({ start, end }) => start <= offset && offset <= end);
    if (!named || !range) {
      throw new Error(vscode.l10n.t('Only the name of a controller can be renamed here.'));
    }
    return { range: rangeIn(document, range), placeholder: named.name };
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
  ): Promise<vscode.WorkspaceEdit | undefined> {
    const language = await inventoryLanguage();
    const named = await controllerAt(document, position);
    if (!named) {
      return undefined;
    }
    const edit = new vscode.WorkspaceEdit();
    for (const range of language.rename(document.uri.toString(), document.getText(), named, newName)) {
      edit.replace(document.uri, rangeIn(document, range), newName);
    }
    return edit;
  }
}

async function controllerAt(
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<NamedController | undefined> {
  const language = await inventoryLanguage();
  return language.controller(document.uri.toString(), document.getText(), document.offsetAt(position));
}
