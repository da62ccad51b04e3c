import * as vscode from 'vscode';
import { nodeOf } from '../pick';
import type { Ui } from '../ui';

/** The row's facts as text: a GTID set in a tooltip can't be selected. */
export async function copyValue(ui: Ui, argument: unknown): Promise<void> {
  const node = nodeOf(argument);
  if (!node) {
    throw new Error(vscode.l10n.t('Use it from the menu of a row in the topology.'));
  }
  const facts = node.facts.map(({ label, value }) => `${label}: ${value}`);
  const text = [[node.label, node.description].filter((part) => part !== '').join(': '), ...facts].join('\n');
  await vscode.env.clipboard.writeText(ui.redactor.redact(text));
}
