import * as vscode from 'vscode';
import { DOCUMENT_SCHEME } from '../ids';

/** Read-only texts for the left side of diffs: what a file held before it was generated anew. */
export class EarlierContents implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(DOCUMENT_SCHEME, this);
  private last = 0;

  /** An address of its own for this text; it looks like the file it belongs to. */
  keep(file: vscode.Uri, text: string): vscode.Uri {
    const uri = file.with({ scheme: DOCUMENT_SCHEME, authority: '', query: String(++this.last) });
    this.texts.set(uri.toString(), text);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.registration.dispose();
  }
}
