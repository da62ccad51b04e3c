import * as vscode from 'vscode';
import { Messenger } from '../../shared/messenger';
import type { GoneMessage, HostMessage, PageIntent, RunbookKey } from '../../shared/protocol';
import { errorSentence } from '../errors';
import { RUNBOOK_VIEW_TYPE } from '../ids';
import { commandOf } from './commandOf';
import type { RunController, RunRestorer } from './controller';
import type { Surroundings } from './intents';
import { fillPanel, pageRoot, RunbookPanel } from './panel';

/** All open runbook pages. Register as the serializer of their view type; dispose with the extension. */
export class RunbookPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly open = new Set<RunbookPanel>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly surroundings: Surroundings,
    private readonly restorer: RunRestorer,
  ) {}

  /** Shows an operation: the page that has it already, or a new one. */
  show(controller: RunController): RunbookPanel {
    const id = controller.plan().id;
    const shown = [...this.open].find((runbook) => runbook.controller.plan().id === id);
    if (shown) {
      if (shown.controller !== controller) controller.dispose();
      shown.reveal();
      return shown;
    }
    const panel = vscode.window.createWebviewPanel(
      RUNBOOK_VIEW_TYPE,
      controller.plan().title,
      vscode.ViewColumn.Active,
      { localResourceRoots: [pageRoot(this.extensionUri)] },
    );
    return this.adopt(panel, controller);
  }

  /** VS Code calls this for each page that a reload left behind. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const key = keyOf(state);
    const ran = key?.runId !== undefined;
    let why = ran
      ? vscode.l10n.t('The inventory of this window has no valid site {0}.', key.site)
      : vscode.l10n.t('It was never started, so nothing was changed by it.');
    try {
      const controller = key && (await this.restorer.restore(key));
      if (controller) {
        this.adopt(panel, controller);
        return;
      }
    } catch (error) {
      why = errorSentence(error);
    }
    this.showGone(panel, ran ? runGone(why) : planGone(why, key?.operation));
  }

  dispose(): void {
    for (const runbook of [...this.open]) runbook.panel.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, controller: RunController): RunbookPanel {
    const runbook = new RunbookPanel(panel, controller, this.surroundings, () => this.open.delete(runbook));
    this.open.add(runbook);
    fillPanel(panel, this.extensionUri);
    return runbook;
  }

  private showGone(panel: vscode.WebviewPanel, gone: Omit<GoneMessage, 'type'>): void {
    const messenger: Messenger<PageIntent, HostMessage> = new Messenger(
      (message) => void panel.webview.postMessage(message),
      (intent) => {
        if (intent.type === 'ready') {
          messenger.tell({ type: 'gone', ...gone });
        }
        return { type: 'accepted' };
      },
    );
    panel.webview.onDidReceiveMessage((message) => void messenger.receive(message));
    fillPanel(panel, this.extensionUri);
  }
}

function planGone(why: string, operation: string | undefined): Omit<GoneMessage, 'type'> {
  const command = commandOf(operation);
  const next =
    command === ''
      ? vscode.l10n.t('Close this page and make a new plan.')
      : vscode.l10n.t('Close this page and run "ClusterControl HA: {0}" again.', command);
  return { title: vscode.l10n.t('This plan is no longer there'), next: `${why} ${next}` };
}

/** Its journal is there: it may be half done, and must not be taken for one that was never started. */
function runGone(why: string): Omit<GoneMessage, 'type'> {
  const next = vscode.l10n.t(
    'Its journal is kept. See how it ended in the Runs view; if it has no end, run "ClusterControl HA: Resume or Undo Operation".',
  );
  return { title: vscode.l10n.t('This run can not be shown here'), next: `${why} ${next}` };
}

/** What the page kept is text from outside: only a whole key is believed. */
function keyOf(state: unknown): RunbookKey | undefined {
  const key = (state as { key?: Partial<Record<keyof RunbookKey, unknown>> } | null | undefined)?.key;
  if (!key) return undefined;
  const { site, operation, mode, planId, runId } = key;
  const whole = [site, operation, mode, planId].every((part) => typeof part === 'string');
  return whole && (runId === undefined || typeof runId === 'string') ? (key as RunbookKey) : undefined;
}
