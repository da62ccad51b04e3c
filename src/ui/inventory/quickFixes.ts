import * as vscode from 'vscode';
import { editorRange, type InventoryDiagnostics } from './diagnostics';
import { TextPositions } from './positions';
import { DIAGNOSTIC_SOURCE } from './source';

/** Offers the fix that a finding brings along. Edits are by range, so comments and formatting stay. */
export class InventoryQuickFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(private readonly diagnostics: Pick<InventoryDiagnostics, 'findingOf'>) {}

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    return context.diagnostics
      .filter((diagnostic) => diagnostic.source === DIAGNOSTIC_SOURCE)
      .flatMap((diagnostic) => {
        const fix = this.diagnostics.findingOf(document.uri, diagnostic)?.fix;
        if (!fix) {
          return [];
        }
        const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
        const positions = new TextPositions(document.getText());
        action.edit = new vscode.WorkspaceEdit();
        for (const { range, newText } of fix.edits) {
          action.edit.replace(document.uri, editorRange(positions, range), newText);
        }
        action.diagnostics = [diagnostic];
        action.isPreferred = true;
        return [action];
      });
  }
}
