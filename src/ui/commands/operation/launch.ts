import * as vscode from 'vscode';
import type { Site } from '../../../core/inventory/site';
import type { PlanChoices } from '../../../core/schemes/scheme';
import { commandOf } from '../../runbook/commandOf';
import type { OperatorTold } from '../../services';
import type { Ui } from '../ui';

export interface Launch {
  readonly site: Site;
  readonly operation: string;
  /** Absent: all of the site. */
  readonly target?: string;
  readonly choices?: PlanChoices;
  readonly told?: OperatorTold;
}

/** What is being planned, in words, by site, operation and target: the stop of one host does not wait for that of another. */
const underWay = new Map<string, string>();

/** Has an operation planned, and its page opened. While that goes on a second press makes no second plan and page. */
export async function launch(ui: Pick<Ui, 'launcher'>, asked: Launch): Promise<void> {
  const { site, operation, target, choices, told } = asked;
  const key = JSON.stringify([site.name, operation, target]);
  const before = underWay.get(key);
  if (before !== undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t('{0} is being planned already. Its page opens when the plan is made.', before),
    );
    return;
  }
  const name = nameOf(asked);
  underWay.set(key, name);
  try {
    // As a notification: dead hosts are waited for, half a minute in the worst case, and what comes next is a page.
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Planning: {0}…', name),
      },
      async () => (await ui.launcher()).launch(site, operation, target ?? 'all', choices, told),
    );
  } finally {
    underWay.delete(key);
  }
}

function nameOf({ site, operation, target }: Launch): string {
  const command = commandOf(operation) || operation;
  const where = target === undefined ? site.name : vscode.l10n.t('{0} of {1}', target, site.name);
  return `${command}, ${where}`;
}
