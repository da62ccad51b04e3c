import * as vscode from 'vscode';
import type { Finding } from '../../core/findings/finding';
import type { Log } from '../../core/ports';
import type { SiteMonitor } from '../sites/monitor';
import { diagnosticText, editorRange, explanationLink, SEVERITIES } from './diagnostics';
import { inventoryLanguage } from './language/lazyLanguage';
import { TextPositions } from './positions';
import type { InventoryStore } from './store';

export const HOSTS_SOURCE = 'ClusterControl HA (hosts)';

interface Shown {
  readonly file: string;
  readonly site: string;
  readonly finding: Finding;
}

/** What hosts are found to be, at the line of the inventory that names them. Gone as soon as an observation is clean. */
export class HostDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('clustercontrol-ha-hosts');
  private readonly subscriptions: readonly { dispose(): void }[];
  private last = '';
  private turn = 0;

  constructor(
    private readonly store: InventoryStore,
    private readonly monitor: SiteMonitor,
    log: Log,
  ) {
    const show = (): void => {
      this.show().catch((error: unknown) => log.error(`findings of hosts: ${String(error)}`));
    };
    this.subscriptions = [store.onDidChange(show), monitor.onDidChange(show)];
  }

  dispose(): void {
    this.subscriptions.forEach((one) => one.dispose());
    this.collection.dispose();
  }

  private async show(): Promise<void> {
    const turn = ++this.turn;
    const shown = this.findings();
    const texts = new Map(this.store.state.documents.map(({ file, text }) => [file, text]));
    const files = [...new Set(shown.map(({ file }) => file))];
    const state = JSON.stringify([shown, files.map((file) => texts.get(file))]);
    if (state === this.last) {
      return;
    }
    const language = shown.length === 0 ? undefined : await inventoryLanguage();
    if (turn !== this.turn) {
      return;
    }
    this.last = state;
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const { file, site, finding } of shown) {
      const text = texts.get(file) ?? '';
      const at = language?.placeOfHost(file, text, site, hostOf(finding));
      byFile.set(file, [
        ...(byFile.get(file) ?? []),
        diagnostic(finding, editorRange(new TextPositions(text), at)),
      ]);
    }
    this.collection.clear();
    this.collection.set([...byFile].map(([file, list]) => [vscode.Uri.parse(file), list]));
  }

  /** What only informs stays in the tree. */
  private findings(): Shown[] {
    return this.monitor
      .all()
      .flatMap(({ site, current }) =>
        (current?.findings ?? [])
          .filter(
            ({ severity, where }) =>
              severity !== 'information' && (where.kind === 'host' || where.kind === 'site'),
          )
          .map((finding) => ({ file: site.file, site: site.name, finding })),
      );
  }
}

function hostOf({ where }: Finding): string | undefined {
  return where.kind === 'host' ? where.host : undefined;
}

function diagnostic(finding: Finding, range: vscode.Range): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, diagnosticText(finding), SEVERITIES[finding.severity]);
  made.source = HOSTS_SOURCE;
  made.code = { value: finding.code, target: explanationLink(finding.code) };
  return made;
}
