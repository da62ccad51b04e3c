import * as vscode from 'vscode';
import type { Site } from '../../core/inventory/site';
import type { Log } from '../../core/ports';
import { COMMANDS } from '../ids';
import type { RunbookLauncher } from '../services';
import { allUnfinished } from '../unfinishedRuns';

/** Tells once a window that an operation was left without an end: by a crash, a closed window, a host that was away. */
export class UnfinishedNotice {
  private told = false;

  constructor(
    private readonly launcher: () => Promise<RunbookLauncher>,
    private readonly sites: () => readonly Site[],
    private readonly log: Log,
  ) {}

  /** Called after each look at the hosts; only the first looks at journals and hosts' records. Never rejects. */
  async look(): Promise<void> {
    if (this.told) {
      return;
    }
    this.told = true;
    try {
      const launcher = await this.launcher();
      const elsewhere = await launcher.unfinishedElsewhere(this.sites());
      const [first, ...others] = allUnfinished(await launcher.unfinished(), elsewhere);
      if (first) {
        void this.tell(first.title, others.length);
      }
    } catch (error) {
      this.log.warn(`journals could not be read: ${String(error)}`);
    }
  }

  private async tell(title: string, others: number): Promise<void> {
    const open = vscode.l10n.t('Resume or Undo…');
    const text =
      others === 0
        ? vscode.l10n.t('"{0}" has no end yet.', title)
        : vscode.l10n.t('"{0}" and {1} more operations have no end yet.', title, String(others));
    if ((await vscode.window.showWarningMessage(text, open)) === open) {
      await vscode.commands.executeCommand(COMMANDS.resumeOperation);
    }
  }
}
