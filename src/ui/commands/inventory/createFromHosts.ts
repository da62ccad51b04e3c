import * as vscode from 'vscode';
import { readAskedHost } from '../../../core/inventory/fromHosts/asked';
import type { AskedHost } from '../../../core/inventory/fromHosts/asked';
import { requireTrust } from '../pick';
import type { Ui } from '../ui';
import { pickFolder } from './folder';

/** Asks for three hosts, reads them, and opens what they have as a new inventory. Nothing is saved or changed. */
export async function newInventoryFromHosts(ui: Ui): Promise<void> {
  requireTrust();
  const folder = await pickFolder();
  if (!folder) {
    return;
  }
  const first = await ask(1, vscode.l10n.t('The first controller'), 'cc1 192.168.73.201', []);
  const second =
    first && (await ask(2, vscode.l10n.t('The second controller'), 'cc2 192.168.73.202', [first]));
  if (!first || !second) {
    return;
  }
  const title = vscode.l10n.t('The Prometheus host');
  const prometheus = await ask(3, title, 'prom 192.168.73.209', [first, second]);
  if (!prometheus) {
    return;
  }
  const { text, open } = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Reading {0} and {1}', first.name, second.name),
    },
    async () => (await ui.hostReader()).inventoryOf({ controllers: [first, second], prometheus }),
  );
  await show(folder, text);
  if (open > 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('What the hosts did not tell is marked TODO: {0}. Their reasons stand beside it.', open),
    );
  }
}

async function ask(
  step: number,
  what: string,
  example: string,
  others: readonly AskedHost[],
): Promise<AskedHost | undefined> {
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('New Inventory from Hosts ({0}/3)', step),
    prompt: vscode.l10n.t('{0}: host name, as the others know it, and IPv4 address', what),
    placeHolder: example,
    ignoreFocusOut: true,
    validateInput: (text) => problemOf(text, others),
  });
  return answer === undefined ? undefined : readAskedHost(answer);
}

function problemOf(text: string, others: readonly AskedHost[]): string | undefined {
  const host = readAskedHost(text);
  if (!host) {
    return vscode.l10n.t('A host name, a space, and an IPv4 address.');
  }
  const taken = others.find(({ name, address }) => name === host.name || address === host.address);
  return taken && vscode.l10n.t('This is {0} already.', taken.name);
}

/** As the folder's inventory where there is none; else beside it, to compare. It is not on disk until it is saved. */
async function show(folder: vscode.WorkspaceFolder, text: string): Promise<void> {
  const file = vscode.Uri.joinPath(folder.uri, 'clustercontrol.yaml');
  const present = await vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  if (!present) {
    const document = await vscode.workspace.openTextDocument(file.with({ scheme: 'untitled' }));
    if (document.getText() === '') {
      const editor = await vscode.window.showTextDocument(document);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
      return;
    }
  }
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'yaml', content: text }),
  );
}
