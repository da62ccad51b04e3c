import * as vscode from 'vscode';
import { COMMANDS } from '../ids';
import type { SiteMonitor } from '../sites/monitor';
import type { Settings } from '../settings';
import { siteState } from './summary';

/** One quiet message when a site turns bad while nobody looks at this window. The tree says the rest. */
export class TurnedBadNotice implements vscode.Disposable {
  private readonly bad = new Map<string, boolean>();
  private readonly subscription: { dispose(): void };

  constructor(
    private readonly monitor: SiteMonitor,
    private readonly settings: Settings,
  ) {
    this.subscription = monitor.onDidChange(() => this.look());
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private look(): void {
    for (const view of this.monitor.all()) {
      if (view.current) {
        const bad = siteState(view) === 'error';
        const turned = bad && this.bad.get(view.site.name) === false;
        this.bad.set(view.site.name, bad);
        if (turned && !vscode.window.state.focused && this.settings.notifyOnChange()) {
          void this.tell(view.site.name, view.current.topology.description);
        }
      }
    }
  }

  private async tell(site: string, description: string): Promise<void> {
    const show = vscode.l10n.t('Show Topology');
    const never = vscode.l10n.t("Don't Show Again");
    const text = vscode.l10n.t('Site {0} needs attention: {1}', site, description);
    const answer = await vscode.window.showWarningMessage(text, show, never);
    if (answer === show) {
      await vscode.commands.executeCommand(COMMANDS.showTopology);
    } else if (answer === never) {
      await this.settings.turnOffNotifications();
    }
  }
}
