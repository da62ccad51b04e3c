import * as vscode from 'vscode';
import { INVENTORY_GLOB } from '../ids';
import type { InventoryDocument } from '../services';

const EXCLUDED = '**/{node_modules,.git,generated}/**';
const NAME = /(^|\/)(clustercontrol|[^/]*\.clustercontrol)\.yaml$/;

export function isInventory(uri: vscode.Uri): boolean {
  return NAME.test(uri.path);
}

/** The inventory files of the workspace: which there are, what they hold, and when that changes. */
export class InventoryFiles implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[] = [this.changed];

  /** A file appeared, went, was saved, or is being edited. */
  readonly onDidChange = this.changed.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher(INVENTORY_GLOB);
    const fire = (uri: vscode.Uri): void => {
      if (isInventory(uri)) {
        this.changed.fire();
      }
    };
    this.disposables.push(
      watcher,
      watcher.onDidCreate(fire),
      watcher.onDidChange(fire),
      watcher.onDidDelete(fire),
      vscode.workspace.onDidOpenTextDocument((document) => fire(document.uri)),
      vscode.workspace.onDidChangeTextDocument((event) => fire(event.document.uri)),
      vscode.workspace.onDidCloseTextDocument((document) => fire(document.uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.changed.fire()),
    );
  }

  async find(): Promise<vscode.Uri[]> {
    const found = await vscode.workspace.findFiles(INVENTORY_GLOB, EXCLUDED);
    return found.sort((a, b) => a.toString().localeCompare(b.toString()));
  }

  /** As on disk: what hosts are asked by. A file that can't be read any more is left out. */
  async saved(uris: readonly vscode.Uri[]): Promise<InventoryDocument[]> {
    const texts = await Promise.all(uris.map((uri) => readText(uri)));
    return uris.flatMap((uri, index) => {
      const text = texts[index];
      return text === undefined ? [] : [{ file: uri.toString(), text }];
    });
  }

  /** As in the editors, where they are open: what problems are shown for. */
  edited(saved: readonly InventoryDocument[]): InventoryDocument[] {
    const open = new Map(
      vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]),
    );
    return saved.map(({ file, text }) => ({ file, text: open.get(file)?.getText() ?? text }));
  }

  /** Inventories that were never saved: what is wrong in them is shown, and no host is asked because of them. */
  drafts(saved: readonly InventoryDocument[]): InventoryDocument[] {
    // While one is being saved, both are there for a moment.
    const paths = new Set(saved.map(({ file }) => vscode.Uri.parse(file).path));
    return vscode.workspace.textDocuments
      .filter(({ uri }) => uri.scheme === 'untitled' && isInventory(uri) && !paths.has(uri.path))
      .map((document) => ({ file: document.uri.toString(), text: document.getText() }));
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    // The editor hides a byte order mark too: offsets must agree with its documents.
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
