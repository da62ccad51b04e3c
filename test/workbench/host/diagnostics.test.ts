import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../until';

describe('an inventory in the editor', () => {
  const inventory = (): vscode.Uri => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    return vscode.Uri.joinPath(folder.uri, 'clustercontrol.yaml');
  };
  const ours = (): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(inventory()).filter(({ source }) => source === 'ClusterControl HA');

  it('gets its diagnostics while it is typed, at their place, and loses them when it is mended', async () => {
    const document = await vscode.workspace.openTextDocument(inventory());
    const editor = await vscode.window.showTextDocument(document);
    const at = document.positionAt(document.getText().indexOf('priority: 100') + 'priority: '.length);
    const range = new vscode.Range(at, at.translate(0, 3));
    await editor.edit((edit) => edit.replace(range, '999'));
    const diagnostic = await until('a diagnostic', () => ours().find((one) => one.range.contains(range)));
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('no diagnostic', () => ours().length === 0);
  });
});

describe('Copy Diagnostics', () => {
  it('tells versions and states, and no name or address of the site', async () => {
    await vscode.env.clipboard.writeText('');
    void vscode.commands.executeCommand('clustercontrolHa.copyDiagnostics');
    const report = await until('the clipboard', async () => vscode.env.clipboard.readText());
    assert.match(report, /extension: \d+\.\d+\.\d+/);
    assert.match(report, /inventory: valid, 1 file\(s\), 1 site\(s\)/);
    assert.doesNotMatch(report, /192\.168\.|dc1|cc1|prom\b/);
  });
});
