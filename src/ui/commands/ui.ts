import type * as vscode from 'vscode';
import type { Log } from '../../core/ports';
import type { HostReader } from '../hostReader';
import type { InventoryStore } from '../inventory/store';
import type { EarlierContents } from '../documents/earlierContents';
import type { Redactor } from '../redact';
import type { EditorSecrets } from '../secrets';
import type { RunbookLauncher, SiteService } from '../services';
import type { Settings } from '../settings';
import type { SiteMonitor } from '../sites/monitor';
import type { RefreshManager } from '../sites/refreshManager';

/** What commands work with. */
export interface Ui {
  readonly extension: vscode.Extension<unknown>;
  readonly store: InventoryStore;
  readonly monitor: SiteMonitor;
  readonly refresh: RefreshManager;
  readonly service: SiteService;
  readonly hostReader: () => Promise<HostReader>;
  readonly launcher: () => Promise<RunbookLauncher>;
  readonly earlier: EarlierContents;
  readonly secrets: EditorSecrets;
  readonly settings: Settings;
  readonly redactor: Redactor;
  readonly log: Log & { show(): void };
}
