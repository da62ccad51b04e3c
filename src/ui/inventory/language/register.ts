import * as vscode from 'vscode';
import type { SeenSites } from '../../../core/inventory/language/seen';
import { InventoryCompletion } from './completion';
import { InventoryControllers } from './controllers';
import { InventoryHover } from './hover';
import { InventoryLenses } from './lenses';
import { InventoryOutline } from './outline';

/** The inventory's own help in the editor. By file name: the language stays YAML, other extensions keep theirs. */
export function registerInventoryLanguage(
  files: vscode.DocumentSelector,
  seen: () => SeenSites,
): vscode.Disposable {
  const { languages } = vscode;
  const controllers = new InventoryControllers();
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(
      files,
      new InventoryCompletion(seen),
      ...InventoryCompletion.triggers,
    ),
    languages.registerHoverProvider(files, new InventoryHover()),
    languages.registerDocumentSymbolProvider(files, new InventoryOutline(), { label: 'ClusterControl HA' }),
    languages.registerCodeLensProvider(files, new InventoryLenses()),
    languages.registerDefinitionProvider(files, controllers),
    languages.registerReferenceProvider(files, controllers),
    languages.registerRenameProvider(files, controllers),
  );
}
