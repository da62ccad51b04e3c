import type { Finding, Severity } from '../../../findings/finding';
import type { NodeState, TopologyNode } from '../../../topology/node';
import { worstState } from '../../../topology/state';

const STATES: Readonly<Record<Severity, NodeState>> = {
  error: 'error',
  warning: 'warning',
  information: 'healthy',
};

/** All that is to be said, worst first. */
export function findingsNode(site: string, findings: readonly Finding[], atMs: number): TopologyNode {
  const seen = new Map<string, number>();
  const children = findings.map((finding): TopologyNode => {
    const host = finding.where.kind === 'host' ? finding.where.host : undefined;
    const base = `site:${site}/findings/${finding.code}${host === undefined ? '' : `@${host}`}`;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    return {
      id: count === 1 ? base : `${base}#${count}`,
      kind: 'finding',
      // The code first: it is short and stable, so that a narrow view still tells findings apart.
      label: finding.code,
      description:
        host === undefined || finding.message.includes(host)
          ? finding.message
          : `${host}: ${finding.message}`,
      state: STATES[finding.severity],
      facts: [
        { label: 'Why', value: finding.why, source: finding.code, atMs },
        { label: 'What to do', value: finding.remedy, source: finding.code, atMs },
      ],
      children: [],
      tokens: ['finding', finding.severity],
      site,
      ...(host === undefined ? {} : { host }),
      findingCode: finding.code,
    };
  });
  return {
    id: `site:${site}/findings`,
    kind: 'findings',
    label: 'Findings',
    description: String(findings.length),
    state: worstState(children.map(({ state }) => state)),
    facts: [],
    children,
    tokens: ['findings'],
    site,
  };
}
