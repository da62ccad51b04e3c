import * as vscode from 'vscode';
import type { NodeKind, NodeState } from '../../core/topology/node';

/** Shown while nothing is wrong: the icon says what a row is. */
const KIND_ICONS: Readonly<Record<NodeKind, string>> = {
  site: 'pass-filled',
  vip: 'globe',
  controller: 'server',
  role: 'shield',
  services: 'server-process',
  service: 'gear',
  database: 'database',
  replication: 'arrow-swap',
  filesync: 'files',
  keepalived: 'pulse',
  snat: 'export',
  monitoring: 'graph-line',
  configuration: 'file-code',
  file: 'diff',
  findings: 'checklist',
  finding: 'info',
  fact: 'symbol-field',
};

/** Otherwise the icon's shape, not its colour alone, says what is wrong. */
const STATE_ICONS: Readonly<Record<Exclude<NodeState, 'healthy'>, readonly [icon: string, color: string]>> = {
  warning: ['warning', 'problemsWarningIcon.foreground'],
  error: ['error', 'problemsErrorIcon.foreground'],
  unknown: ['question', 'descriptionForeground'],
  inactive: ['circle-outline', 'descriptionForeground'],
};

/** Rows that carry the state of what is below them. */
const COLORED_WHEN_HEALTHY: ReadonlySet<NodeKind> = new Set(['site', 'vip', 'controller']);

export function nodeIcon(kind: NodeKind, state: NodeState, stale: boolean): vscode.ThemeIcon {
  if (stale) {
    return new vscode.ThemeIcon('history', new vscode.ThemeColor('descriptionForeground'));
  }
  if (state === 'healthy') {
    const color = COLORED_WHEN_HEALTHY.has(kind) ? new vscode.ThemeColor('testing.iconPassed') : undefined;
    return new vscode.ThemeIcon(KIND_ICONS[kind], color);
  }
  const [icon, color] = STATE_ICONS[state];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}
