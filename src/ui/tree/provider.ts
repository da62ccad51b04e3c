import * as vscode from 'vscode';
import type { SiteMonitor } from '../sites/monitor';
import type { DrawnNode } from './lastKnown';
import { treeItem, treeTooltip } from './item';
import { drawSite } from './picture';

/** Draws what the monitor knows. It asks no host. */
export class TopologyProvider implements vscode.TreeDataProvider<DrawnNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly parents = new Map<string, DrawnNode>();
  private readonly byId = new Map<string, DrawnNode>();
  private readonly subscription: { dispose(): void };
  private roots: readonly DrawnNode[] = [];
  private drawnRows = '';

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly monitor: SiteMonitor,
    private readonly nowMs: () => number,
  ) {
    this.subscription = monitor.onDidChange(() => this.update());
    this.update();
  }

  getChildren(element?: DrawnNode): DrawnNode[] {
    return [...(element?.children ?? this.roots)];
  }

  getTreeItem(element: DrawnNode): vscode.TreeItem {
    return treeItem(element, this.nowMs());
  }

  getParent(element: DrawnNode): DrawnNode | undefined {
    return this.parents.get(element.node.id);
  }

  /** The latest facts, also where the row itself has not changed. */
  resolveTreeItem(item: vscode.TreeItem, element: DrawnNode): vscode.TreeItem {
    item.tooltip = treeTooltip(this.byId.get(element.node.id) ?? element, this.nowMs());
    return item;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  /** Rows are redrawn only when one of them looks different: an open tooltip and the scroll position survive. */
  private update(): void {
    this.roots = this.monitor
      .all()
      .map((view) => drawSite(view, { notObserved: vscode.l10n.t('not asked yet') }));
    this.parents.clear();
    this.byId.clear();
    const rows: unknown[] = [];
    const visit = (drawn: DrawnNode, depth: number, parent?: DrawnNode): void => {
      this.byId.set(drawn.node.id, drawn);
      if (parent) {
        this.parents.set(drawn.node.id, parent);
      }
      const { id, label, description, contextValue, iconPath } = treeItem(drawn, this.nowMs());
      rows.push([depth, id, label, description, contextValue, iconPath]);
      drawn.children.forEach((child) => visit(child, depth + 1, drawn));
    };
    this.roots.forEach((root) => visit(root, 0));
    const drawnRows = JSON.stringify(rows);
    if (drawnRows !== this.drawnRows) {
      this.drawnRows = drawnRows;
      this.changed.fire(undefined);
    }
  }
}
