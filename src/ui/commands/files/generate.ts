import * as vscode from 'vscode';
import type { Site } from '../../../core/inventory/site';
import { nodeOf, pickSite } from '../pick';
import type { Ui } from '../ui';
import { piecesOf, writeManifest, type Piece } from './generatedTree';

interface Target {
  readonly uri: vscode.Uri;
  readonly label: string;
  readonly content: string;
  /** What is there now; undefined: nothing. */
  readonly before: string | undefined;
}

/** Renders the inventory into the workspace. Files that somebody changed are shown before they are overwritten. */
export async function generateFiles(ui: Ui, argument: unknown): Promise<void> {
  const site = await pickSite(ui, argument, vscode.l10n.t('Site to generate files for'));
  if (!site) {
    return;
  }
  const inventory = vscode.Uri.parse(site.file);
  const folder = vscode.Uri.joinPath(inventory, '..', ui.settings.generatedFolder(inventory));
  const files = await ui.service.files(site);
  const all = piecesOf(site, files, await ui.service.documents(site));
  const pieces = await choosePieces(all, nodeOf(argument)?.host);
  if (!pieces) {
    return;
  }
  const targets = await Promise.all(pieces.map((piece) => readTarget(folder, piece)));
  const added = targets.filter((target) => target.before === undefined);
  const changed = targets.filter((target) => target.before !== undefined && target.before !== target.content);
  if (changed.length > 0 && !(await confirmOverwrite(ui, site, changed))) {
    return;
  }
  for (const { uri, content } of [...added, ...changed]) {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  }
  await writeManifest(folder, site, files);
  await tell(ui, site, targets, added, changed);
}

async function choosePieces(
  all: readonly Piece[],
  host: string | undefined,
): Promise<readonly Piece[] | undefined> {
  // Documents of the site belong to no host.
  const ofHost = host === undefined ? [] : all.filter((file) => file.host === host);
  const files = ofHost.length > 0 ? ofHost : all;
  const groups = [...new Set(files.map((file) => file.group))].sort();
  const item = (label: string, chosen: readonly Piece[]) => ({
    label,
    description:
      chosen.length === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', String(chosen.length)),
    detail: [...new Set(chosen.map((file) => file.path))].join('  '),
    chosen,
  });
  const items = [
    item(vscode.l10n.t('All files'), files),
    ...groups.map((group) =>
      item(
        group,
        files.filter((file) => file.group === group),
      ),
    ),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Generate Configuration Files'),
    placeHolder: vscode.l10n.t('Files to generate'),
    matchOnDetail: true,
  });
  return picked?.chosen;
}

async function readTarget(folder: vscode.Uri, { parts, content }: Piece): Promise<Target> {
  const uri = vscode.Uri.joinPath(folder, ...parts);
  const before = await vscode.workspace.fs.readFile(uri).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => undefined,
  );
  return { uri, label: parts.slice(1).join('/'), content, before };
}

async function confirmOverwrite(ui: Ui, site: Site, changed: readonly Target[]): Promise<boolean> {
  const overwrite = vscode.l10n.t('Overwrite');
  const show = vscode.l10n.t('Show Differences');
  const answer = await vscode.window.showWarningMessage(
    changed.length === 1
      ? vscode.l10n.t('A generated file of {0} differs from what the inventory says now.', site.name)
      : vscode.l10n.t(
          '{0} generated files of {1} differ from what the inventory says now.',
          String(changed.length),
          site.name,
        ),
    { modal: true, detail: changed.map((target) => target.label).join('\n') },
    overwrite,
    show,
  );
  if (answer === show) {
    const right = (target: Target): vscode.Uri => ui.earlier.keep(target.uri, target.content);
    const title = vscode.l10n.t('{0}: files as they are, and as the inventory says', site.name);
    await openChanges(
      title,
      changed.map((target) => [target.uri, target.uri, right(target)]),
    );
  }
  return answer === overwrite;
}

async function tell(
  ui: Ui,
  site: Site,
  targets: readonly Target[],
  added: readonly Target[],
  changed: readonly Target[],
): Promise<void> {
  const same = targets.length - added.length - changed.length;
  const counts = [added.length, changed.length, same].map(String) as [string, string, string];
  const text = vscode.l10n.t(
    'Generated files of {0}: {1} new, {2} changed, {3} unchanged.',
    site.name,
    ...counts,
  );
  ui.log.info(text);
  const show = vscode.l10n.t('Show Changes');
  const answer = await vscode.window.showInformationMessage(
    text,
    ...(added.length + changed.length > 0 ? [show] : []),
  );
  if (answer === show) {
    const title = vscode.l10n.t('{0}: generated files', site.name);
    const written = [...changed, ...added];
    await openChanges(
      title,
      written.map((target) => [
        target.uri,
        target.before === undefined ? undefined : ui.earlier.keep(target.uri, target.before),
        target.uri,
      ]),
    );
  }
}

/** The multi-file diff editor: label, left (undefined: a new file), right. */
async function openChanges(
  title: string,
  list: readonly (readonly [vscode.Uri, vscode.Uri | undefined, vscode.Uri])[],
): Promise<void> {
  await vscode.commands.executeCommand('vscode.changes', title, list);
}
