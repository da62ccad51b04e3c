import * as vscode from 'vscode';
import { pickSite, pickTarget, requireTrust } from '../pick';
import type { Ui } from '../ui';
import { launch } from './launch';

interface Asked {
  readonly site: string;
  /** `{0}` is the site. */
  readonly title: string;
  readonly host: string;
}

/** Asks for one controller; what closing it means to users, the plan says, and asks for the reason. */
export async function closeThisHost(ui: Ui, argument: unknown): Promise<void> {
  await launchOnOneHost(ui, argument, 'close', {
    site: vscode.l10n.t('Site of the host that is closed'),
    title: vscode.l10n.t('Close This Host: {0}'),
    host: vscode.l10n.t('Host that is closed at once: no virtual IP, no writes, no ClusterControl'),
  });
}

/** The way back from it. */
export async function reopenThisHost(ui: Ui, argument: unknown): Promise<void> {
  await launchOnOneHost(ui, argument, 'reopen', {
    site: vscode.l10n.t('Site of the host that is opened again'),
    title: vscode.l10n.t('Reopen This Host: {0}'),
    host: vscode.l10n.t('Host that was closed by hand'),
  });
}

async function launchOnOneHost(
  ui: Ui,
  argument: unknown,
  operation: 'close' | 'reopen',
  asked: Asked,
): Promise<void> {
  requireTrust();
  const site = await pickSite(ui, argument, asked.site);
  if (!site) {
    return;
  }
  const picked = await pickTarget(ui, argument, site, operation, {
    title: asked.title.replace('{0}', () => site.name),
    placeHolder: asked.host,
  });
  if (picked) {
    await launch(ui, { site, operation, target: picked.target.host });
  }
}
