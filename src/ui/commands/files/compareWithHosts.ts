import * as vscode from 'vscode';
import type { FileComparison } from '../../../core/deploy/compare';
import { isDrift } from '../../../core/deploy/drift';
import { askHosts } from '../../compare/ask';
import { showDifference, showDifferences } from '../../compare/differences';
import { nodeOf, pickSite, requireTrust } from '../pick';
import type { Ui } from '../ui';

/** Shows how the files of hosts differ from the inventory: one file's row, one host's, or a whole site. Changes nothing. */
export async function compareWithHosts(ui: Ui, argument: unknown): Promise<void> {
  requireTrust();
  const node = nodeOf(argument);
  const site = await pickSite(ui, argument, vscode.l10n.t('Site to compare with its hosts'));
  if (!site) {
    return;
  }
  const all = (await askHosts(ui, site)).filter(
    ({ file }) => node?.host === undefined || file.host === node.host,
  );
  const one = node?.kind === 'file' ? all.find(({ file }) => file.path === node.label) : undefined;
  if (one) {
    await (one.drift.kind === 'unknown' ? tellUnread([one]) : showDifference(ui.earlier, one));
    return;
  }
  const different = all.filter(({ drift }) => isDrift(drift));
  const unread = different.filter(({ drift }) => drift.kind === 'unknown');
  const shown = different.filter(({ onHost, expected }) => expected !== undefined && onHost !== expected);
  const attributes = different.filter(({ drift }) => drift.kind === 'attributes');
  if (shown.length > 0) {
    await showDifferences(ui.earlier, node?.host ?? site.name, shown);
  }
  if (unread.length > 0) {
    await tellUnread(unread);
  } else if (attributes.length > 0) {
    const lines = attributes.map(({ file, drift }) => `${file.host}:${file.path}: ${drift.text}`);
    await vscode.window.showInformationMessage(lines.join('; '));
  } else if (shown.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('All {0} files of {1} are as the inventory says.', String(all.length), site.name),
    );
  }
}

async function tellUnread(unread: readonly FileComparison[]): Promise<void> {
  const lines = unread.map(({ file, drift }) => `${file.host}:${file.path} ${drift.text}`);
  const [only] = lines;
  if (only !== undefined && lines.length === 1) {
    await vscode.window.showWarningMessage(only);
    return;
  }
  const text = vscode.l10n.t("{0} files can't be compared.", String(lines.length));
  await vscode.window.showWarningMessage(text, { modal: true, detail: lines.join('\n') });
}
