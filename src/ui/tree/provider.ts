import * as vscode from 'vscode';
import type { SiteMonitor } from '../sites/monitor';
import type { DrawnNode } from './lastKnown';
import { treeItem, treeTooltip } from './item';
import { drawSite } from './picture';

/** A row that stays the same object as long as its id is drawn: the editor's menus and refreshes hang on it. */
export interface Row {
  drawn: DrawnNode;
  parent: Row | undefined;
  children: readonly Row[];
  /** All that can be seen of it, but its tooltip. */
  look: string;
}

/** Draws what the monitor knows. It asks no host. */
export class TopologyProvider implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Row[] | undefined>();
  private readonly subscription: { dispose(): void };
  private rows = new Map<string, Row>();
  private roots: readonly Row[] = [];

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly monitor: SiteMonitor,
    private readonly nowMs: () => number,
  ) {
    this.subscription = monitor.onDidChange(() => this.update());
    this.update();
  }

  getChildren(row?: Row): Row[] {
    return [...(row?.children ?? this.roots)];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    return treeItem(row.drawn, this.nowMs());
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  /** Made when it is asked for, from the latest facts. */
  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    item.tooltip = treeTooltip(row.drawn, this.nowMs());
    return item;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  /** Only rows that look different are drawn again: an open tooltip and the scroll position survive a refresh. */
  private update(): void {
    const words = { notObserved: vscode.l10n.t('not asked yet') };
    const before = this.rows;
    const rootsBefore = this.roots;
    this.rows = new Map();
    const different: Row[] = [];
    const take = (drawn: DrawnNode, parent?: Row): Row => {
      const known = before.get(drawn.node.id);
      const row: Row = known ?? { drawn, parent, children: [], look: '' };
      row.drawn = drawn;
      row.parent = parent;
      this.rows.set(drawn.node.id, row);
      row.children = drawn.children.map((child) => take(child, row));
      const look = this.lookOf(row);
      if (known && look !== known.look) {
        different.push(row);
      }
      row.look = look;
      return row;
    };
    this.roots = this.monitor.all().map((view) => take(drawSite(view, words)));
    const sameRoots =
      this.roots.length === rootsBefore.length &&
      this.roots.every((row, index) => row === rootsBefore[index]);
    if (!sameRoots) {
      this.changed.fire(undefined);
    } else if (different.length > 0) {
      this.changed.fire(different);
    }
  }

  private lookOf(row: Row): string {
    const { label, description, contextValue, iconPath } = treeItem(row.drawn, this.nowMs());
    const children = row.children.map(({ drawn }) => drawn.node.id);
    return JSON.stringify([label, description, contextValue, iconPath, children]);
  }
}
