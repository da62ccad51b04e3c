// What one letter costs in a large inventory: everything that our side of the editor does for it.
import type * as vscode from 'vscode';
import { parseInventories } from '../../src/core/inventory/parse';
import type { InventoryState, InventoryStore } from '../../src/ui/inventory/store';
import { editorDocument, useEditorDouble } from './editorDouble';
import { timed, type Timing } from './timing';

const FILE = 'bench.yaml';
const LINE = '    keepalived: { virtualRouterId: 61, advertInterval: 0.5 }';

/** The providers as they are registered, and Problems, all over the double of the editor. */
async function ourSide() {
  useEditorDouble();
  const [diagnostics, completion, hover, outline, lenses] = await Promise.all([
    import('../../src/ui/inventory/diagnostics'),
    import('../../src/ui/inventory/language/completion'),
    import('../../src/ui/inventory/language/hover'),
    import('../../src/ui/inventory/language/outline'),
    import('../../src/ui/inventory/language/lenses'),
  ]);
  let show: (state: InventoryState) => void = () => undefined;
  const store = { onDidChange: (listener: typeof show) => ((show = listener), { dispose: () => undefined }) };
  void new diagnostics.InventoryDiagnostics(store as unknown as InventoryStore);
  return {
    problems: (state: InventoryState) => show(state),
    completion: new completion.InventoryCompletion(() => ({})),
    hover: new hover.InventoryHover(),
    outline: new outline.InventoryOutline(),
    lenses: new lenses.InventoryLenses(),
  };
}

/** A line is typed in the middle of the file, letter by letter. The editor asks for all of this after each of them. */
export async function keystrokes(text: string, before: string): Promise<Timing[]> {
  const editor = await ourSide();
  const at = text.indexOf(before);
  const all: Timing[] = [];
  for (let length = 1; length <= LINE.length; length++) {
    const typed = LINE.slice(0, length);
    const next = `${text.slice(0, at)}${typed}\n${text.slice(at)}`;
    const document = editorDocument(FILE, next);
    const position: vscode.Position = document.positionAt(at + typed.length);
    all.push(
      await timed(async () => {
        const documents = [{ file: FILE, text: next }];
        const { sites, named, findings } = parseInventories(documents);
        editor.problems({ health: 'valid', documents, sites, named, findings });
        await editor.completion.provideCompletionItems(document, position);
        await editor.hover.provideHover(document, position);
        await editor.outline.provideDocumentSymbols(document);
        await editor.lenses.provideCodeLenses(document);
      }),
    );
  }
  return all;
}
