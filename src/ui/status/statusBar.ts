import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { formatAge } from '../age';
import { COMMANDS } from '../ids';
import type { SiteView } from '../sites/monitor';
import { stateWord } from '../tree/item';
import { escapeMarkdown } from '../tree/tooltip';
import { type Claim, claimOf, type Moment } from './claim';

/**
 * One item for all sites. It has a colour of its own only for warnings and errors. What was seen too long ago stands
 * with its age, and without the icon of its state.
 */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'clustercontrolHa.status',
    vscode.StatusBarAlignment.Left,
    5,
  );

  constructor() {
    this.item.name = 'ClusterControl HA';
    this.item.command = COMMANDS.showTopology;
  }

  dispose(): void {
    this.item.dispose();
  }

  show(views: readonly SiteView[], moment: Moment): void {
    if (views.length === 0) {
      this.item.hide();
      return;
    }
    const claim = claimOf(views, moment);
    const { state } = claim;
    const [only] = views;
    const name =
      views.length === 1 && only ? only.site.name : vscode.l10n.t('{0} HA sites', String(views.length));
    const asked = views.some((view) => view.current !== undefined || view.problem !== '');
    this.item.text = `${claim.icon} ${name}: ${asked ? words(claim) : vscode.l10n.t('not asked yet')}`;
    this.item.accessibilityInformation = {
      label: `ClusterControl HA, ${name}, ${words(claim)}`,
      role: 'button',
    };
    this.item.backgroundColor =
      state === 'error' || state === 'warning'
        ? new vscode.ThemeColor(`statusBarItem.${state}Background`)
        : undefined;
    this.item.tooltip = this.tooltip(views, moment);
    this.item.show();
  }

  private tooltip(views: readonly SiteView[], moment: Moment): vscode.MarkdownString {
    const lines = views.map((view) => {
      const claim = claimOf([view], moment);
      const detail = view.problem !== '' ? view.problem : (view.current?.topology.description ?? '');
      const parts = [`**${escapeMarkdown(view.site.name)}**`, words(claim), escapeMarkdown(detail)];
      return `${claim.icon} ${parts.filter((part) => part !== '').join(' · ')}`;
    });
    const links = [
      `[${vscode.l10n.t('Show Topology')}](command:${COMMANDS.showTopology})`,
      `[${vscode.l10n.t('Refresh')}](command:${COMMANDS.refresh})`,
      `[${vscode.l10n.t('Show Log')}](command:${COMMANDS.showLog})`,
    ];
    // In a remote window that is not the machine that the operator sits at.
    const from = vscode.l10n.t('Hosts are reached from {0}.', escapeMarkdown(hostname()));
    const text = new vscode.MarkdownString([...lines, from, links.join(' · ')].join('\n\n'), true);
    text.isTrusted = { enabledCommands: [COMMANDS.showTopology, COMMANDS.refresh, COMMANDS.showLog] };
    return text;
  }
}

function words({ state, oldMs }: Claim): string {
  const word = stateWord(state);
  return oldMs === undefined ? word : vscode.l10n.t('{0}, {1} ago', word, formatAge(oldMs));
}
