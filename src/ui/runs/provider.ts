import * as vscode from 'vscode';
import type { RunEnd } from '../../core/plan/plan';
import type { Log } from '../../core/ports';
import { COMMANDS } from '../ids';
import type { PastRun, RunbookLauncher } from '../services';
import { escapeMarkdown } from '../tree/tooltip';
import { runDescription, runWord } from './words';

const ICONS: Readonly<Record<RunEnd, readonly [icon: string, color: string]>> = {
  done: ['pass', 'testing.iconPassed'],
  refused: ['circle-slash', 'descriptionForeground'],
  undone: ['discard', 'descriptionForeground'],
  'undo-owed': ['warning', 'problemsWarningIcon.foreground'],
  unfinished: ['warning', 'problemsWarningIcon.foreground'],
};

/** Operations that this machine's journals tell of, the newest first. They are read when the view is looked at. */
export class RunsProvider implements vscode.TreeDataProvider<PastRun>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  /** What the rows say; undefined until they were drawn for the first time. */
  private drawn: string | undefined;

  constructor(
    private readonly launcher: () => Promise<Pick<RunbookLauncher, 'runs'>>,
    private readonly nowMs: () => number,
    private readonly log: Log,
  ) {}

  refresh(): void {
    this.changed.fire(undefined);
  }

  /**
   * Reads the journals again: other windows and the command line write there, too. Rows are drawn anew only where one says
   * something else. Nothing is read before the view was first seen. Never rejects.
   */
  async look(): Promise<void> {
    if (this.drawn === undefined) return;
    try {
      const runs = await (await this.launcher()).runs();
      if (this.said(runs) !== this.drawn) this.refresh();
    } catch (error) {
      this.log.warn(`journals could not be read: ${String(error)}`);
    }
  }

  async getChildren(element?: PastRun): Promise<PastRun[]> {
    if (element) return [];
    const runs = await (await this.launcher()).runs();
    this.drawn = this.said(runs);
    return [...runs];
  }

  getTreeItem(run: PastRun): vscode.TreeItem {
    const item = new vscode.TreeItem(run.title);
    item.id = run.runId;
    item.description = runDescription(run, this.nowMs());
    item.iconPath = iconOf(run);
    item.contextValue = `run ${run.running ? 'running' : (run.end ?? 'unfinished')}`;
    item.accessibilityInformation = { label: `${run.title}, ${item.description}` };
    const lines = [`**${escapeMarkdown(run.title)}** · ${runWord(run)}`, run.summary, run.next, run.runId];
    const [head = '', ...rest] = lines.filter((line) => line !== '');
    item.tooltip = new vscode.MarkdownString([head, ...rest.map(escapeMarkdown)].join('\n\n'));
    item.command = { command: COMMANDS.openRun, title: vscode.l10n.t('Open Run'), arguments: [run.runId] };
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private said(runs: readonly PastRun[]): string {
    const nowMs = this.nowMs();
    return JSON.stringify(
      runs.map((run) => [run.runId, run.title, runDescription(run, nowMs), run.summary, run.next]),
    );
  }
}

function iconOf({ running, end }: PastRun): vscode.ThemeIcon {
  if (running) return new vscode.ThemeIcon('sync~spin');
  const [icon, color] = ICONS[end ?? 'unfinished'];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}
