import * as vscode from 'vscode';
import type { NodeKind, NodeState } from '../../core/topology/node';
import { formatAge } from '../age';
import { COMMANDS } from '../ids';
import { nodeIcon } from './icons';
import type { DrawnNode } from './lastKnown';
import { tooltipMarkdown } from './tooltip';

/** Open at first sight: an operator sees roles and VIP without a click. */
const OPEN: ReadonlySet<NodeKind> = new Set(['site', 'controller', 'findings']);

/** Rows that show how old they are; what is below them is as old. */
const DATED: ReadonlySet<NodeKind> = new Set(['site', 'vip', 'controller', 'monitoring']);

export function stateWord(state: NodeState): string {
  switch (state) {
    case 'healthy':
      return vscode.l10n.t('healthy');
    case 'warning':
      return vscode.l10n.t('warning');
    case 'error':
      return vscode.l10n.t('error');
    case 'unknown':
      return vscode.l10n.t('unknown');
    case 'inactive':
      return vscode.l10n.t('inactive');
  }
}

function describe(drawn: DrawnNode, nowMs: number): string {
  const { node, lastKnown, staleSinceMs } = drawn;
  if (staleSinceMs !== undefined && DATED.has(node.kind)) {
    const age = vscode.l10n.t('last known, {0} ago', formatAge(nowMs - staleSinceMs));
    return [node.description, age].filter((part) => part !== '').join(' · ');
  }
  if (lastKnown && !DATED.has(node.kind)) {
    // Its host's row says since when; that it is unknown now, the icon says.
    return vscode.l10n.t('last known: {0}', lastKnown.description);
  }
  if (lastKnown) {
    const age = formatAge(nowMs - lastKnown.atMs);
    return lastKnown.description === ''
      ? vscode.l10n.t('{0} · last known, {1} ago', node.description, age)
      : vscode.l10n.t('{0} · last known {1}, {2} ago', node.description, lastKnown.description, age);
  }
  return node.description;
}

/** A row. Its tooltip is made when it is asked for. */
export function treeItem(drawn: DrawnNode, nowMs: number): vscode.TreeItem {
  const { node } = drawn;
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const open = OPEN.has(node.kind) ? Expanded : Collapsed;
  const item = new vscode.TreeItem(node.label, drawn.children.length === 0 ? None : open);
  item.id = node.id;
  item.description = describe(drawn, nowMs);
  item.iconPath = nodeIcon(node.kind, node.state, drawn.staleSinceMs !== undefined);
  item.contextValue = [...new Set([node.kind, ...node.tokens])].join(' ');
  item.accessibilityInformation = {
    label: [node.label, item.description, stateWord(node.state)].filter((part) => part !== '').join(', '),
  };
  if (node.findingCode !== undefined) {
    item.command = {
      command: COMMANDS.explainFinding,
      title: vscode.l10n.t('Explain Finding'),
      arguments: [node.findingCode],
    };
  }
  if (node.kind === 'file') {
    item.command = {
      command: COMMANDS.compareWithHosts,
      title: vscode.l10n.t('Compare with Hosts'),
      arguments: [{ drawn }],
    };
  }
  return item;
}

export function treeTooltip(drawn: DrawnNode, nowMs: number): vscode.MarkdownString {
  const text = tooltipMarkdown(drawn, nowMs, {
    state: stateWord(drawn.node.state),
    source: (source, age) => vscode.l10n.t('{0}, {1} ago', source, age),
    lastKnown: (age) => vscode.l10n.t('last known, {0} ago', age),
  });
  return new vscode.MarkdownString(text, false);
}
