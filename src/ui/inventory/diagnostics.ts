import * as vscode from 'vscode';
import type { Finding, FindingPlace, Severity, TextRange } from '../../core/findings/finding';
import { COMMANDS } from '../ids';
import type { InventoryState, InventoryStore } from './store';
import { isOfYaml, othersSay } from './otherYaml';
import { TextPositions } from './positions';
import { DIAGNOSTIC_SOURCE } from './source';

export const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

type InventoryPlace = Extract<FindingPlace, { kind: 'inventory' }>;
type Positions = ReadonlyMap<string, TextPositions>;

/** Shows the inventory's findings in Problems, each at its place. */
export class InventoryDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('clustercontrol-ha');
  private readonly subscriptions: readonly vscode.Disposable[];
  private readonly byDiagnostic = new WeakMap<vscode.Diagnostic, Finding>();
  private shown: readonly string[] = [];
  private last: InventoryState | undefined;
  private leftOut: readonly Finding[] = [];

  constructor(store: InventoryStore) {
    this.subscriptions = [
      store.onDidChange((state) => this.show(state)),
      vscode.languages.onDidChangeDiagnostics(() => this.othersSpoke()),
    ];
  }

  /** The finding behind a diagnostic of ours, by place and code: the editor hands out copies. */
  findingOf(uri: vscode.Uri, diagnostic: vscode.Diagnostic): Finding | undefined {
    const own = this.collection
      .get(uri)
      ?.find((shown) => shown.range.isEqual(diagnostic.range) && shown.message === diagnostic.message);
    return own && this.byDiagnostic.get(own);
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
    this.collection.dispose();
  }

  /** Also called for what we said ourselves: only another answer shows anything anew. */
  private othersSpoke(): void {
    if (this.last?.findings.some(isOfYaml) !== true) {
      return;
    }
    const doubles = doublesIn(this.last, positionsOf(this.last));
    if (doubles.length !== this.leftOut.length || doubles.some((one) => !this.leftOut.includes(one))) {
      this.show(this.last);
    }
  }

  private show(state: InventoryState): void {
    const positions = positionsOf(state);
    this.last = state;
    this.leftOut = doublesIn(state, positions);
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const finding of state.findings) {
      if (finding.where.kind === 'inventory' && !this.leftOut.includes(finding)) {
        const diagnostic = this.diagnostic(finding, finding.where, positions);
        const list = byFile.get(finding.where.file) ?? [];
        list.push(diagnostic);
        byFile.set(finding.where.file, list);
      }
    }
    // One message to the editor, in which what is gone is empty: Problems does not blink while somebody types.
    const gone = this.shown.filter((file) => !byFile.has(file));
    this.shown = [...byFile.keys()];
    this.collection.set([
      ...gone.map((file): [vscode.Uri, undefined] => [vscode.Uri.parse(file), undefined]),
      ...[...byFile].map(([file, list]): [vscode.Uri, vscode.Diagnostic[]] => [vscode.Uri.parse(file), list]),
    ]);
  }

  private diagnostic(finding: Finding, where: InventoryPlace, positions: Positions): vscode.Diagnostic {
    const text = diagnosticText(finding);
    const range = editorRange(positions.get(where.file), where.at);
    const diagnostic = new vscode.Diagnostic(range, text, SEVERITIES[finding.severity]);
    diagnostic.source = DIAGNOSTIC_SOURCE;
    diagnostic.code = { value: finding.code, target: explanationLink(finding.code) };
    diagnostic.relatedInformation = finding.related.flatMap(({ where: place, message }) =>
      place.kind === 'inventory'
        ? [
            new vscode.DiagnosticRelatedInformation(
              new vscode.Location(
                vscode.Uri.parse(place.file),
                editorRange(positions.get(place.file), place.at),
              ),
              message,
            ),
          ]
        : [],
    );
    this.byDiagnostic.set(diagnostic, finding);
    return diagnostic;
  }
}

function positionsOf({ documents }: InventoryState): Positions {
  return new Map(documents.map(({ file, text }) => [file, new TextPositions(text)]));
}

/** Findings that another extension has on the same line. */
function doublesIn({ findings }: InventoryState, positions: Positions): Finding[] {
  return findings.filter((finding) => {
    const { where } = finding;
    if (!isOfYaml(finding) || where.kind !== 'inventory') {
      return false;
    }
    const { start } = editorRange(positions.get(where.file), where.at);
    return othersSay(vscode.Uri.parse(where.file), start.line);
  });
}

/** What a finding says in Problems: what, why, what to do. */
export function diagnosticText({ message, why, remedy }: Finding): string {
  const more = [why, remedy].filter((part) => part !== '').join(' ');
  return more === '' ? message : `${message}\n${more}`;
}

/** A range of the editor; where a finding has none, the file's beginning. */
export function editorRange(positions: TextPositions | undefined, at: TextRange | undefined): vscode.Range {
  if (!positions || !at) {
    return new vscode.Range(0, 0, 0, 0);
  }
  const start = positions.at(at.start);
  const end = positions.at(at.end);
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

const links = new Map<string, vscode.Uri>();

/** Opens the finding's explanation, which ships with the extension. */
export function explanationLink(code: string): vscode.Uri {
  const made = links.get(code);
  if (made) {
    return made;
  }
  const words = encodeURIComponent(JSON.stringify([code]));
  const link = vscode.Uri.parse(`command:${COMMANDS.explainFinding}?${words}`);
  links.set(code, link);
  return link;
}
