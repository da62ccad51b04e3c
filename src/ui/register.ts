import * as vscode from 'vscode';
import type { Site } from '../core/inventory/site';
import type { Clock } from '../core/ports';
import { formatAge } from './age';
import { registerCommands } from './commands/table';
import type { Ui } from './commands/ui';
import { registerConfigFiles } from './configFiles/register';
import { EarlierContents } from './documents/earlierContents';
import type { HostReader } from './hostReader';
import type { HostKeyQuestions } from './hostKeys';
import { CONTEXT_KEYS, VIEWS } from './ids';
import { InventoryDiagnostics } from './inventory/diagnostics';
import { HostDiagnostics } from './inventory/hostDiagnostics';
import { registerInventoryLanguage } from './inventory/language/register';
import { InventoryQuickFixes } from './inventory/quickFixes';
import { InventoryStore } from './inventory/store';
import type { ChannelLog } from './log';
import type { Redactor } from './redact';
import { RunsProvider } from './runs/provider';
import type { EditorSecrets } from './secrets';
import type { ConfigFileExaminer, InventoryReader, RunbookLauncher, SiteService } from './services';
import type { Settings } from './settings';
import { SiteMonitor } from './sites/monitor';
import { WorkspaceMemory } from './sites/memory';
import { RefreshManager } from './sites/refreshManager';
import { Ageing } from './status/ageing';
import { countedMs, oldAfterMs } from './status/claim';
import { StatusBar } from './status/statusBar';
import { openFindings } from './status/summary';
import { tellUnfinished } from './status/unfinishedMessage';
import { UnfinishedNotice } from './status/unfinishedNotice';
import { TurnedBadNotice } from './status/turnedBad';
import { TopologyProvider } from './tree/provider';
import { workspaceTrust } from './trust';

/** What the composition point gives: the parts that know machines, and those that it needed for them. */
export interface Parts {
  readonly context: vscode.ExtensionContext;
  readonly reader: () => Promise<InventoryReader>;
  readonly configFiles: () => Promise<ConfigFileExaminer>;
  readonly service: SiteService;
  readonly hostReader: () => Promise<HostReader>;
  readonly launcher: () => Promise<RunbookLauncher>;
  readonly clock: Clock;
  readonly log: ChannelLog;
  readonly redactor: Redactor;
  readonly secrets: EditorSecrets;
  readonly settings: Settings;
  readonly hostKeys: HostKeyQuestions;
}

const INVENTORY_FILES: vscode.DocumentSelector = { pattern: '**/{clustercontrol,*.clustercontrol}.yaml' };

/** What the composition point asks of the user interface. */
export interface RegisteredUi extends vscode.Disposable {
  /** A site of the inventory, once that has been read. */
  siteNamed(name: string): Promise<Site | undefined>;
  /** There is one more run to show. */
  operationBegun(): void;
  /** What is known of a site is old. */
  operationEnded(): void;
}

/** Builds the user interface and connects it. Nothing here asks a host or reads a file before it is needed. */
export function registerUi(parts: Parts): RegisteredUi {
  const { context, service, clock, log, settings } = parts;
  const store = new InventoryStore(parts.reader, log);
  const diagnostics = new InventoryDiagnostics(store);
  const monitor = new SiteMonitor(service, new WorkspaceMemory(context.workspaceState), clock, log);
  const unfinished = new UnfinishedNotice({
    launcher: parts.launcher,
    sites: () => store.state.sites,
    access: workspaceTrust,
    log,
    tell: tellUnfinished,
  });
  const runs = new RunsProvider(parts.launcher, () => clock.nowMs(), log);
  const runsView = vscode.window.createTreeView(VIEWS.runs, { treeDataProvider: runs });
  const refresh = new RefreshManager({
    clock,
    intervalMs: () => settings.refreshIntervalMs(),
    refresh: async (reason) => {
      if (reason === 'asked for') {
        parts.hostKeys.askAgain();
      }
      await Promise.all([
        observe(store, monitor, reason).then(() => unfinished.look()),
        runsView.visible ? runs.look() : undefined,
      ]);
    },
  });
  const tree = new TopologyProvider(monitor, () => clock.nowMs());
  const view = vscode.window.createTreeView(VIEWS.topology, {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const earlier = new EarlierContents();
  const { hostReader, launcher, secrets, redactor } = parts;
  const { extension } = context;
  const ui: Ui = {
    extension,
    store,
    monitor,
    refresh,
    service,
    hostReader,
    launcher,
    earlier,
    secrets,
    settings,
    redactor,
    log,
  };

  const fixes = vscode.languages.registerCodeActionsProvider(
    INVENTORY_FILES,
    new InventoryQuickFixes(diagnostics),
    {
      providedCodeActionKinds: InventoryQuickFixes.kinds,
    },
  );
  const language = registerInventoryLanguage(INVENTORY_FILES, () =>
    Object.fromEntries(monitor.all().map(({ site, current }) => [site.name, current?.seen ?? []])),
  );
  const statusBar = new StatusBar();
  let known: readonly Site[] | undefined;
  const subscriptions = [
    store.onDidChange(({ health, sites }) => {
      void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.inventory, health);
      if (sites !== known) {
        known = sites;
        monitor.setSites(workspaceTrust.closed() === undefined ? sites : []);
        refresh.request('inventory changed');
      }
    }),
    view.onDidChangeVisibility(({ visible }) => refresh.setVisible(visible)),
    // The editor draws what it had before: it does not ask again by itself.
    runsView.onDidChangeVisibility(({ visible }) => (visible ? runs.look() : undefined)),
    settings.onDidChange(() => refresh.request('settings changed')),
    workspaceTrust.onDidChange(() => {
      monitor.setSites(store.state.sites);
      refresh.request('trusted');
    }),
    new Ageing(monitor, clock, () => {
      const views = monitor.all();
      const moment = { nowMs: clock.nowMs(), oldAfterMs: oldAfterMs(settings.refreshIntervalMs()) };
      statusBar.show(views, moment);
      view.badge = badge(openFindings(views), countedMs(views, moment));
    }),
  ];
  refresh.setVisible(view.visible);
  store.read().catch((error: unknown) => log.error(`inventory: ${String(error)}`));
  const all = vscode.Disposable.from(
    ...subscriptions,
    registerCommands(ui),
    statusBar,
    new TurnedBadNotice(monitor, settings),
    fixes,
    language,
    new HostDiagnostics(store, monitor, log),
    registerConfigFiles(parts.configFiles, log),
    view,
    tree,
    refresh,
    diagnostics,
    earlier,
    runs,
    runsView,
    store,
  );
  return {
    siteNamed: async (name) => {
      await store.settled();
      return store.state.sites.find((site) => site.name === name);
    },
    operationBegun: () => runs.refresh(),
    operationEnded: () => {
      runs.refresh();
      refresh.request('operation ended');
    },
    dispose: () => void all.dispose(),
  };
}

/** The first refresh may come before the inventory has been read. */
async function observe(
  store: InventoryStore,
  monitor: SiteMonitor,
  reason: Parameters<SiteMonitor['observeAll']>[0],
): Promise<void> {
  await store.settled();
  await monitor.observeAll(reason);
}

/** @param oldMs set where the count is old: a number alone would be taken for what is true now */
function badge(count: number, oldMs: number | undefined): vscode.ViewBadge | undefined {
  if (count === 0) {
    return undefined;
  }
  const findings = count === 1 ? vscode.l10n.t('1 finding') : vscode.l10n.t('{0} findings', String(count));
  const tooltip = oldMs === undefined ? findings : vscode.l10n.t('{0}, {1} ago', findings, formatAge(oldMs));
  return { value: count, tooltip };
}
