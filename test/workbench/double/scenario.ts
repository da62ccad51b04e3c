import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../../src/core/findings/finding';
import type { SeenHost } from '../../../src/core/inventory/language/seen';
import type { NodeFact, NodeKind, NodeState, TopologyNode } from '../../../src/core/topology/node';

/** What hosts of the double say; `"NOW"` becomes the time of the observation. */
export type Answer =
  | {
      readonly topology: TopologyNode;
      readonly findings: readonly Finding[];
      readonly seen?: readonly SeenHost[];
    }
  | { readonly fails: string };

export function writeObserved(folder: string, answers: Readonly<Record<string, Answer>>): void {
  writeFileSync(path.join(folder, 'observed.json'), JSON.stringify(answers, null, 2));
}

const SITE = 'dc1';

function row(
  id: string,
  kind: NodeKind,
  label: string,
  description: string,
  state: NodeState,
  more: {
    facts?: Readonly<Record<string, string>>;
    children?: readonly TopologyNode[];
    tokens?: readonly string[];
    host?: string;
  } = {},
): TopologyNode {
  const facts = Object.entries(more.facts ?? {}).map(
    ([name, value]) => ({ label: name, value, source: 'double', atMs: 'NOW' }) as unknown as NodeFact,
  );
  const { children = [], tokens = [], host } = more;
  return {
    id: `${SITE}/${id}`,
    kind,
    label,
    description,
    state,
    facts,
    children,
    tokens,
    site: SITE,
    ...(host && { host }),
  };
}

function controller(host: string, role: 'primary' | 'standby', reachable: boolean): TopologyNode {
  if (!reachable) {
    return row(host, 'controller', host, 'no answer', 'unknown', { host, tokens: [role] });
  }
  const database =
    role === 'primary'
      ? row(`${host}/mysql`, 'database', 'MySQL', 'writable', 'healthy', {
          host,
          facts: { 'GTID executed': '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5123' },
        })
      : row(`${host}/mysql`, 'database', 'MySQL', 'read-only, 0 s behind', 'healthy', { host });
  const services = row(
    `${host}/services`,
    'services',
    'Services',
    role === 'primary' ? '6 of 6 run' : 'stopped',
    role === 'primary' ? 'healthy' : 'inactive',
    { host },
  );
  return row(host, 'controller', host, role, 'healthy', {
    host,
    children: [database, services],
    tokens: [role, 'reachable'],
  });
}

/** Both controllers answer. */
export function healthyPair(): Answer {
  const vip = row('vip', 'vip', '192.168.73.200', 'on cc1', 'healthy');
  const children = [vip, controller('cc1', 'primary', true), controller('cc2', 'standby', true)];
  return { topology: row('', 'site', SITE, 'cc1 is primary', 'healthy', { children }), findings: [] };
}

/** The primary has gone dark. */
export function primaryAway(): Answer {
  const vip = row('vip', 'vip', '192.168.73.200', 'nobody holds it', 'error');
  const finding: Finding = {
    code: 'primary-dead',
    severity: 'error',
    where: { kind: 'host', site: SITE, host: 'cc1' },
    message: 'cc1 does not answer',
    why: '',
    remedy: '',
    related: [],
  };
  const findings = row('findings', 'findings', 'Findings', '1', 'error', {
    children: [
      { ...row('findings/0', 'finding', finding.message, 'cc1', 'error'), findingCode: finding.code },
    ],
  });
  const children = [vip, controller('cc1', 'primary', false), controller('cc2', 'standby', true), findings];
  return { topology: row('', 'site', SITE, 'no writer', 'error', { children }), findings: [finding] };
}
