import * as vscode from 'vscode';
import { Messenger } from '../../../../src/shared/messenger';
import type { Answer, HostMessage, PageIntent, RunbookKey } from '../../../../src/shared/protocol';
import { RUNBOOK_VIEW_TYPE } from '../../../../src/ui/ids';
import { Feed } from '../../../../src/ui/runbook/feed';
import { fillPanel, pageRoot } from '../../../../src/ui/runbook/panel';
import type { RunbookPanels } from '../../../../src/ui/runbook/panels';
import type { OtherPage } from '../otherPages';
import { scenarios } from '../scenarios';

const LOST: RunbookKey = { site: 'dc1', operation: 'failover', mode: 'emergency', planId: 'lost-plan' };

/** Pages that the product's own panels meet when the other end is late, dead, or has nothing any more. */
export function otherPages(
  extensionUri: vscode.Uri,
  panels: RunbookPanels,
): Readonly<Record<OtherPage, () => void>> {
  const panel = (title = 'Fail over to cc2 in dc1') =>
    vscode.window.createWebviewPanel(RUNBOOK_VIEW_TYPE, title, vscode.ViewColumn.Active, {
      localResourceRoots: [pageRoot(extensionUri)],
    });
  return {
    reading: () => fillPanel(panel(), extensionUri),
    silent: () => silent('running', panel('Promote cc2 in dc1'), extensionUri),
    'silent-plan': () => silent('plan', panel('Promote cc2 in dc1'), extensionUri),
    'silent-end': () => silent('unfinished', panel('Promote cc2 in dc1'), extensionUri),
    gone: () => void panels.deserializeWebviewPanel(panel(), { key: LOST }),
    'run-gone': () => void panels.deserializeWebviewPanel(panel(), { key: { ...LOST, runId: 'lost-run' } }),
  };
}

/** Tells how this scenario stands, and then answers nobody any more. */
function silent(name: string, panel: vscode.WebviewPanel, extensionUri: vscode.Uri): void {
  const controller = scenarios[name]?.();
  if (controller === undefined) throw new RangeError(`there is no scenario ${name}`);
  const feed = new Feed(controller, () => ({}));
  const messenger: Messenger<PageIntent, HostMessage> = new Messenger(
    (message) => void panel.webview.postMessage(message),
    (intent) => {
      if (intent.type !== 'ready') return new Promise<Answer>(() => undefined);
      for (const message of feed.next(Date.now())) messenger.tell(message);
      return { type: 'accepted' };
    },
  );
  panel.webview.onDidReceiveMessage((message) => void messenger.receive(message));
  fillPanel(panel, extensionUri);
}
