// A stand-in for the extension for YAML that most people have: syntax problems, and symbols of every key.
import * as vscode from 'vscode';

/** A quote that its line does not close, and a key of a site that stands there twice. */
function problemsOf(document: vscode.TextDocument): vscode.Diagnostic[] {
  const lines = document.getText().split('\n');
  return lines.flatMap((line, number) => {
    const open = (line.match(/"/g) ?? []).length % 2 === 1;
    const twice = /^\s*vip:/.test(line) && lines.findIndex((other) => /^\s*vip:/.test(other)) < number;
    if (!open && !twice) return [];
    const range = new vscode.Range(number, 0, number, line.length);
    const problem = new vscode.Diagnostic(range, open ? 'Missing closing quote' : 'Map keys must be unique');
    problem.source = 'YAML';
    return [problem];
  });
}

function symbolsOf(document: vscode.TextDocument): vscode.DocumentSymbol[] {
  const lines = document.getText().split('\n');
  return lines.flatMap((line, number) => {
    const key = /^\s*([\w.-]+):/.exec(line)?.[1];
    const range = new vscode.Range(number, 0, number, line.length);
    return key === undefined
      ? []
      : [new vscode.DocumentSymbol(key, '', vscode.SymbolKind.Property, range, range)];
  });
}

export function activate(context: vscode.ExtensionContext): void {
  const problems = vscode.languages.createDiagnosticCollection('yaml');
  const show = (document: vscode.TextDocument): void => {
    if (document.languageId === 'yaml') problems.set(document.uri, problemsOf(document));
  };
  vscode.workspace.textDocuments.forEach(show);
  context.subscriptions.push(
    problems,
    vscode.workspace.onDidOpenTextDocument(show),
    vscode.workspace.onDidChangeTextDocument(({ document }) => show(document)),
    vscode.languages.registerDocumentSymbolProvider('yaml', { provideDocumentSymbols: symbolsOf }),
  );
}
