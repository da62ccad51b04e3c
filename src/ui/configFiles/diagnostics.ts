import * as vscode from 'vscode';
import type { Beside } from '../../core/configFiles/examine';
import { kindOf } from '../../core/configFiles/kind';
import type { Finding, TextRange } from '../../core/findings/finding';
import type { Log } from '../../core/ports';
import { explanationLink, SEVERITIES } from '../inventory/diagnostics';
import { DIAGNOSTIC_SOURCE } from '../inventory/source';
import type { ConfigFileExaminer } from '../services';

/** After the last key: diagnostics follow typing without running on each letter. */
const DEBOUNCE_MS = 120;

/** Documents of a folder or not saved yet; not those of diffs, of git, or of hosts. */
const SCHEMES = ['file', 'untitled', 'vscode-remote'];

/** Shows what is to be said of open configuration files of keepalived, MySQL and lsyncd in Problems. */
export class ConfigFileDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('clustercontrol-ha-files');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly byDiagnostic = new WeakMap<vscode.Diagnostic, Finding>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly examiner: () => Promise<ConfigFileExaminer>,
    private readonly log: Log,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.schedule(document, 0)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.schedule(document, DEBOUNCE_MS)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document.uri)),
    ];
    for (const document of vscode.workspace.textDocuments) this.schedule(document, 0);
  }

  /** The finding behind a diagnostic of ours, by place and text: the editor hands out copies. */
  findingOf(uri: vscode.Uri, diagnostic: vscode.Diagnostic): Finding | undefined {
    const own = this.collection
      .get(uri)
      ?.find((shown) => shown.range.isEqual(diagnostic.range) && shown.message === diagnostic.message);
    return own && this.byDiagnostic.get(own);
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.subscriptions, this.collection).dispose();
  }

  private schedule(document: vscode.TextDocument, delayMs: number): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    if (!SCHEMES.includes(document.uri.scheme)) return;
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.show(document).catch((error: unknown) => this.log.error(`${document.uri.path}: ${String(error)}`));
    }, delayMs);
    this.timers.set(key, timer);
  }

  private forget(uri: vscode.Uri): void {
    clearTimeout(this.timers.get(uri.toString()));
    this.timers.delete(uri.toString());
    this.collection.delete(uri);
  }

  private async show(document: vscode.TextDocument): Promise<void> {
    const { uri, version } = document;
    const text = document.getText();
    if (kindOf(uri.path, text) === undefined) {
      this.collection.delete(uri);
      return;
    }
    const examiner = await this.examiner();
    const findings = examiner.examine(uri.toString(), uri.path, text, await besideOf(document));
    if (document.isClosed || document.version !== version) return;
    this.collection.set(
      uri,
      findings.flatMap((finding) => this.diagnostic(document, finding)),
    );
  }

  private diagnostic(document: vscode.TextDocument, finding: Finding): vscode.Diagnostic[] {
    if (finding.where.kind !== 'file') return [];
    const text = `${finding.message}\n${finding.why} ${finding.remedy}`;
    const diagnostic = new vscode.Diagnostic(
      rangeIn(document, finding.where.at),
      text,
      SEVERITIES[finding.severity],
    );
    diagnostic.source = DIAGNOSTIC_SOURCE;
    diagnostic.code = { value: finding.code, target: explanationLink(finding.code) };
    diagnostic.relatedInformation = finding.related.flatMap(({ where, message }) =>
      where.kind === 'file'
        ? [
            new vscode.DiagnosticRelatedInformation(
              new vscode.Location(document.uri, rangeIn(document, where.at)),
              message,
            ),
          ]
        : [],
    );
    this.byDiagnostic.set(diagnostic, finding);
    return [diagnostic];
  }
}

/** keepalived.conf of the same folder, as it is typed or else as it is saved. */
async function besideOf({ uri }: vscode.TextDocument): Promise<Beside> {
  if (uri.scheme === 'untitled') return {};
  const sibling = vscode.Uri.joinPath(uri, '..', 'keepalived.conf');
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === sibling.toString());
  if (open !== undefined) return { keepalived: open.getText() };
  try {
    return { keepalived: new TextDecoder().decode(await vscode.workspace.fs.readFile(sibling)) };
  } catch {
    return {};
  }
}

function rangeIn(document: vscode.TextDocument, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
