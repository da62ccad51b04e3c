import type { InventoryState } from '../inventory/store';
import type { SiteView } from '../sites/monitor';

export interface DiagnosticsInput {
  readonly versions: Readonly<Record<string, string>>;
  readonly trusted: boolean;
  readonly inventory: Pick<InventoryState, 'health' | 'documents' | 'sites' | 'findings'>;
  readonly views: readonly SiteView[];
}

/** Markdown: versions, counts, codes and states. Names, addresses and values of the site stay out. */
export function diagnosticsReport(input: DiagnosticsInput): string {
  const { versions, trusted, inventory, views } = input;
  const codes = inventory.findings.map((finding) => finding.code);
  return [
    '## ClusterControl HA diagnostics',
    ...Object.entries(versions).map(([name, value]) => `- ${name}: ${value}`),
    `- workspace trusted: ${trusted}`,
    `- inventory: ${inventory.health}, ${inventory.documents.length} file(s), ${inventory.sites.length} site(s)`,
    `- inventory findings: ${codes.length === 0 ? 'none' : codes.join(', ')}`,
    ...views.flatMap((view, index) => describeSite(view, index + 1)),
    '',
  ].join('\n');
}

function describeSite(view: SiteView, position: number): string[] {
  const head = `### Site ${position} (${view.site.scheme}, ${view.site.hosts.length} hosts)`;
  if (!view.current) {
    return [head, `- observed: no${view.problem === '' ? '' : ', it failed'}`];
  }
  const { topology, findings } = view.current;
  const codes = findings.map(({ code, severity }) => `${code} (${severity})`);
  return [
    head,
    `- state: ${topology.state}`,
    `- findings: ${codes.length === 0 ? 'none' : codes.join(', ')}`,
    `- rows: ${topology.children.map(({ kind, state }) => `${kind} ${state}`).join(', ')}`,
  ];
}
