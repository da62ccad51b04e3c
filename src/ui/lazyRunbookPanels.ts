import * as vscode from 'vscode';
import { RUNBOOK_VIEW_TYPE } from './ids';
import type { RunController, RunRestorer } from './runbook/controller';
import type { RunbookPanels } from './runbook/panels';

/** The runbook pages, built when the first one is shown or brought back. */
export class LazyRunbookPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly registration = vscode.window.registerWebviewPanelSerializer(RUNBOOK_VIEW_TYPE, this);
  private loading: Promise<RunbookPanels> | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly showLog: () => void,
    private readonly restore: RunRestorer['restore'],
  ) {}

  async show(controller: RunController, replay = false): Promise<void> {
    const page = (await this.panels()).show(controller);
    if (replay) page.replay();
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    await (await this.panels()).deserializeWebviewPanel(panel, state);
  }

  dispose(): void {
    this.registration.dispose();
    void this.loading?.then((panels) => panels.dispose());
  }

  private panels(): Promise<RunbookPanels> {
    return (this.loading ??= this.load());
  }

  private async load(): Promise<RunbookPanels> {
    const { RunbookPanels } = await import('./runbook/panels');
    const { editorSurroundings } = await import('./runbook/surroundings');
    const restorer = { restore: this.restore };
    return new RunbookPanels(this.extensionUri, editorSurroundings(this.showLog), restorer);
  }
}
