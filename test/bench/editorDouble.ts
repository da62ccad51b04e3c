// The editor's own classes as plain values: what our side of a keystroke makes for it, without its process.
import Module from 'node:module';
import type * as vscode from 'vscode';
import { TextPositions } from '../../src/ui/inventory/positions';

class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...parts: readonly (number | Position)[]) {
    const [a, b, c, d] = parts;
    this.start = a instanceof Position ? a : new Position(Number(a), Number(b));
    this.end = b instanceof Position ? b : new Position(Number(c), Number(d));
  }
}

/** Keeps what its constructor was given. */
class Value {
  readonly given: readonly unknown[];
  constructor(...given: readonly unknown[]) {
    this.given = given;
  }
}

/** Any member is its own name: SymbolKind, CompletionItemKind, DiagnosticSeverity. */
const names = new Proxy({}, { get: (_, name) => name });

const collection = {
  clear: () => undefined,
  set: () => undefined,
  get: () => undefined,
  dispose: () => undefined,
};

const EDITOR = {
  Position,
  Range,
  ...{ Location: Value, Diagnostic: Value, DiagnosticRelatedInformation: Value, DocumentSymbol: Value },
  ...{ CodeLens: Value, CompletionItem: Value, SnippetString: Value, MarkdownString: Value, Hover: Value },
  ...{ SymbolKind: names, CompletionItemKind: names, DiagnosticSeverity: names },
  Uri: { parse: (text: string) => ({ path: text, toString: () => text }) },
  extensions: { getExtension: () => undefined },
  languages: {
    createDiagnosticCollection: () => collection,
    onDidChangeDiagnostics: () => ({ dispose: () => undefined }),
    getDiagnostics: () => [],
  },
  workspace: { isTrusted: true },
  l10n: { t: (text: string) => text },
};

/** From here on `vscode` is the double, for modules that are loaded afterwards. */
export function useEditorDouble(): void {
  const loader = Module as unknown as { _load(request: string, ...rest: readonly unknown[]): unknown };
  const load = loader._load.bind(loader);
  loader._load = (request, ...rest) => (request === 'vscode' ? EDITOR : load(request, ...rest));
}

/** A text as the editor hands it out. Its table of lines is made here: the editor's follows each change by itself. */
export function editorDocument(file: string, text: string): vscode.TextDocument {
  const positions = new TextPositions(text);
  return {
    uri: EDITOR.Uri.parse(file),
    getText: () => text,
    positionAt: (offset: number) => {
      const { line, character } = positions.at(offset);
      return new Position(line, character);
    },
    offsetAt: ({ line, character }: vscode.Position) => positions.offset({ line, character }),
  } as unknown as vscode.TextDocument;
}
