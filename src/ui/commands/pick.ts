import * as vscode from 'vscode';
import type { Site, SiteHost } from '../../core/inventory/site';
import type { TopologyNode } from '../../core/topology/node';
import type { InventoryState } from '../inventory/store';
import type { Ui } from './ui';

/** The tree's row that a menu gave, if it was one. */
export function nodeOf(argument: unknown): TopologyNode | undefined {
  const node = (argument as { drawn?: { node?: TopologyNode } } | undefined)?.drawn?.node;
  return node !== undefined && typeof node.id === 'string' ? node : undefined;
}

/**
 * The site of the row or of the lens, the only site, or the one that the operator picks. Where another site has errors he is
 * asked for the only usable one, too: it may not be the one that he means.
 * @throws Error for a named site that can't be used.
 */
export async function pickSite(
  ui: { readonly store: { readonly state: InventoryState } },
  argument: unknown,
  placeHolder: string,
): Promise<Site | undefined> {
  const { sites } = ui.store.state;
  const named = nodeOf(argument)?.site ?? (typeof argument === 'string' ? argument : undefined);
  const given = sites.find((site) => site.name === named);
  if (given) {
    return given;
  }
  if (named !== undefined) {
    throw new Error(
      vscode.l10n.t(
        'Site {0} is not in the saved inventory, or has errors there. Save it; see Problems.',
        named,
      ),
    );
  }
  if (sites.length === 0) {
    throw new Error(vscode.l10n.t('The workspace has no valid inventory.'));
  }
  if (sites.length === 1 && !mayNameOthers(ui.store.state)) {
    return sites[0];
  }
  const items = sites.map((site) => ({
    label: site.name,
    description: site.scheme,
    detail: site.hosts.map((host) => host.name).join(', '),
    site,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.site;
}

/** Whether there are sites that can't be used: by their names, or behind a text in which none could be read. */
function mayNameOthers({ sites, named, documents }: InventoryState): boolean {
  const usable = new Set(sites.map(({ name }) => name));
  const read = new Set(named.map(({ file }) => file));
  return named.some(({ name }) => !usable.has(name)) || documents.some(({ file }) => !read.has(file));
}

/** The host of the row, or the one that the operator picks. */
export async function pickHost(
  ui: Ui,
  argument: unknown,
  placeHolder: string,
): Promise<{ site: Site; host: SiteHost } | undefined> {
  const site = await pickSite(ui, argument, placeHolder);
  if (!site) {
    return undefined;
  }
  const given = site.hosts.find((host) => host.name === nodeOf(argument)?.host);
  if (given) {
    return { site, host: given };
  }
  const items = site.hosts.map((host) => ({ label: host.name, description: host.address, host }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  return picked && { site, host: picked.host };
}

/** A host that an operation may have as its target, with why or why not. */
export interface Target {
  readonly host: string;
  readonly label: string;
  readonly detail: string;
}

/** Asks the hosts what each is, then takes the row's host or the one that the operator picks; and all there are. */
export async function pickTarget(
  ui: Ui,
  argument: unknown,
  site: Site,
  operation: string,
  texts: { readonly title: string; readonly placeHolder: string },
): Promise<{ target: Target; all: readonly Target[] } | undefined> {
  // In the status bar: a notification stays a while after its end, beside what is asked next.
  const all = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Asking the hosts of {0}', site.name),
    },
    () => ui.service.targets(site, operation),
  );
  const given = all.find(({ host }) => host === nodeOf(argument)?.host);
  if (given) {
    return { target: given, all };
  }
  const items = all.map((target) => ({
    label: target.host,
    description: target.label,
    detail: target.detail,
    target,
  }));
  const picked = await vscode.window.showQuickPick(items, texts);
  return picked && { target: picked.target, all };
}

/** Refuses in a restricted window what would talk to hosts. */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) {
    throw new Error(vscode.l10n.t('Hosts are not contacted from a folder that is not trusted.'));
  }
}
