import { hostname } from 'node:os';
import * as vscode from 'vscode';
import type { NodeState } from '../../core/topology/node';
import { COMMANDS } from '../ids';
import type { SiteMonitor, SiteView } from '../sites/monitor';
import { stateWord } from '../tree/item';
import { escapeMarkdown } from '../tree/tooltip';
import { siteState, worstState } from './summary';

const ICONS: Readonly<Record<NodeState, string>> = {
  healthy: '$(pass)',
  warning: '$(warning)',
  error: '$(error)',
  unknown: '$(question)',
  inactive: '$(circle-outline)',
};

/** One item for all sites. It has a colour of its own only for warnings and errors. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'clustercontrolHa.status',
    vscode.StatusBarAlignment.Left,
    5,
  );
  private readonly subscription: { dispose(): void };

  constructor(private readonly monitor: SiteMonitor) {
    this.item.name = 'ClusterControl HA';
    this.item.command = COMMANDS.showTopology;
    this.subscription = monitor.onDidChange(() => this.update());
    this.update();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    const views = this.monitor.all();
    if (views.length === 0) {
      this.item.hide();
      return;
    }
    const state = worstState(views);
    const [only] = views;
    const name =
      views.length === 1 && only ? only.site.name : vscode.l10n.t('{0} HA sites', String(views.length));
    const asked = views.some((view) => view.current !== undefined || view.problem !== '');
    this.item.text = `${ICONS[state]} ${name}: ${asked ? stateWord(state) : vscode.l10n.t('not asked yet')}`;
    this.item.accessibilityInformation = {
      label: `ClusterControl HA, ${name}, ${stateWord(state)}`,
      role: 'button',
    };
    this.item.backgroundColor =
      state === 'error' || state === 'warning'
        ? new vscode.ThemeColor(`statusBarItem.${state}Background`)
        : undefined;
    this.item.tooltip = this.tooltip(views);
    this.item.show();
  }

  private tooltip(views: readonly SiteView[]): vscode.MarkdownString {
    const lines = views.map((view) => {
      const state = siteState(view);
      const detail = view.problem !== '' ? view.problem : (view.current?.topology.description ?? '');
      const parts = [`**${escapeMarkdown(view.site.name)}**`, stateWord(state), escapeMarkdown(detail)];
      return `${ICONS[state]} ${parts.filter((part) => part !== '').join(' · ')}`;
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
