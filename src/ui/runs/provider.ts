import * as vscode from 'vscode';
import type { RunEnd } from '../../core/plan/plan';
import { formatAge } from '../age';
import { COMMANDS } from '../ids';
import type { PastRun, RunbookLauncher } from '../services';
import { escapeMarkdown } from '../tree/tooltip';

const ICONS: Readonly<Record<RunEnd, readonly [icon: string, color: string]>> = {
  done: ['pass', 'testing.iconPassed'],
  refused: ['circle-slash', 'descriptionForeground'],
  undone: ['discard', 'descriptionForeground'],
  'undo-owed': ['warning', 'problemsWarningIcon.foreground'],
  unfinished: ['warning', 'problemsWarningIcon.foreground'],
};

/** How an operation ended, in a word. */
export function endWord(end: RunEnd | undefined): string {
  switch (end) {
    case 'done':
      return vscode.l10n.t('done');
    case 'refused':
      return vscode.l10n.t('refused');
    case 'undone':
      return vscode.l10n.t('undone');
    case 'undo-owed':
      return vscode.l10n.t('undo owed');
    case 'unfinished':
      return vscode.l10n.t('unfinished');
    case undefined:
      return vscode.l10n.t('without an end');
  }
}

/** Operations that this machine's journals tell of, the newest first. They are read when the view is looked at. */
export class RunsProvider implements vscode.TreeDataProvider<PastRun>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly launcher: () => Promise<RunbookLauncher>,
    private readonly nowMs: () => number,
  ) {}

  refresh(): void {
    this.changed.fire(undefined);
  }

  async getChildren(element?: PastRun): Promise<PastRun[]> {
    return element ? [] : [...(await (await this.launcher()).runs())];
  }

  getTreeItem(run: PastRun): vscode.TreeItem {
    const item = new vscode.TreeItem(run.title);
    const [icon, color] = ICONS[run.end ?? 'unfinished'];
    item.id = run.runId;
    item.description = vscode.l10n.t(
      '{0} · {1} ago',
      endWord(run.end),
      formatAge(this.nowMs() - run.startedAtMs),
    );
    item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
    item.contextValue = `run ${run.end ?? 'unfinished'}`;
    item.accessibilityInformation = { label: `${run.title}, ${item.description}` };
    const lines = [
      `**${escapeMarkdown(run.title)}** · ${endWord(run.end)}`,
      run.summary,
      run.next,
      run.runId,
    ];
    const [head = '', ...rest] = lines.filter((line) => line !== '');
    item.tooltip = new vscode.MarkdownString([head, ...rest.map(escapeMarkdown)].join('\n\n'));
    item.command = { command: COMMANDS.openRun, title: vscode.l10n.t('Open Run'), arguments: [run.runId] };
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }
}
