import * as vscode from 'vscode';
import type { TextRange } from '../../../core/findings/finding';

/** Offsets of our texts are the document's own. */
export function rangeIn(document: vscode.TextDocument, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
