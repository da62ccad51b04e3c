// The user interface over doubles: what hosts say stands in `observed.json` of the workspace, so that a test can show
// states that real hosts are seldom in; runs stand in its `runs.json`. Everything else is the product's own code.
import { configFileExaminer } from '../../../src/compose/configFileExaminer';
import * as vscode from 'vscode';
import { systemClock } from '../../../src/adapters/clock';
import type { Site } from '../../../src/core/inventory/site';
import { parseInventories } from '../../../src/core/inventory/parse';
import { HostKeyQuestions } from '../../../src/ui/hostKeys';
import { registerUi } from '../../../src/ui/register';
import { ChannelLog } from '../../../src/ui/log';
import { Redactor } from '../../../src/ui/redact';
import { EditorSecrets } from '../../../src/ui/secrets';
import type {
  InventoryDocument,
  PastRun,
  RunbookLauncher,
  SiteService,
  SiteState,
} from '../../../src/ui/services';
import { Settings } from '../../../src/ui/settings';

/** `observed.json`: a state for each site, or `{ "fails": "…" }`. */
type Observed = Readonly<Record<string, Omit<SiteState, 'site' | 'atMs'> | { readonly fails: string }>>;

class FileService implements SiteService {
  async observe(site: Site): Promise<SiteState> {
    const file = vscode.Uri.joinPath(vscode.Uri.parse(site.file), '..', 'observed.json');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const atMs = systemClock.nowMs();
    const state = (JSON.parse(text.replaceAll('"NOW"', String(atMs))) as Observed)[site.name];
    if (!state || 'fails' in state) {
      throw new Error(state?.fails ?? `${site.name} is not in observed.json`);
    }
    return { ...state, site: site.name, atMs };
  }

  files(): Promise<never[]> {
    return Promise.resolve([]);
  }

  documents(): Promise<never[]> {
    return Promise.resolve([]);
  }

  compareFiles(): Promise<never[]> {
    return Promise.resolve([]);
  }

  targets(site: Site): Promise<{ host: string; label: string; detail: string }[]> {
    return Promise.resolve(
      site.hosts.map(({ name, address }) => ({ host: name, label: name, detail: address })),
    );
  }

  disconnect(): Promise<void> {
    return Promise.resolve();
  }
}

const launcher: RunbookLauncher = {
  launch: (site, operation, target) => {
    // Not waited for: until it is answered the window would say that it plans.
    void vscode.window.showInformationMessage(`launched ${operation} of ${target} in ${site.name}`);
    return Promise.resolve();
  },
  runs: async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (!folder) return [];
    const file = vscode.Uri.joinPath(folder.uri, 'runs.json');
    const text = await vscode.workspace.fs.readFile(file).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => '[]',
    );
    return JSON.parse(text) as PastRun[];
  },
  unfinished: () => Promise.resolve([]),
  unfinishedElsewhere: () => Promise.resolve([]),
  resume: () => Promise.resolve(),
  replay: () => Promise.resolve(),
  report: () => Promise.resolve('# Run\n'),
  adopt: () => Promise.resolve(),
  drillObstacle: () => Promise.resolve(''),
  drill: () => Promise.resolve('# Drill\n'),
  drillHistory: () => Promise.resolve(''),
};

export function activate(context: vscode.ExtensionContext): void {
  const redactor = new Redactor();
  const log = new ChannelLog(redactor);
  const parts = {
    context,
    reader: () =>
      Promise.resolve({
        read: (documents: readonly InventoryDocument[]) => Promise.resolve(parseInventories(documents)),
      }),
    configFiles: () => Promise.resolve(configFileExaminer),
    service: new FileService(),
    hostReader: () => Promise.reject(new Error('the double reads no hosts')),
    launcher: () => Promise.resolve(launcher),
    clock: systemClock,
    log,
    redactor,
    secrets: new EditorSecrets(context.secrets, redactor),
    settings: new Settings(),
    hostKeys: new HostKeyQuestions(),
  };
  context.subscriptions.push(registerUi(parts), log);
}
