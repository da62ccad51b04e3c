import assert from 'node:assert/strict';
import type { OperatorErrorCode } from '../../../src/core/errors';
import { unreachableHost } from '../../../src/core/observe/unreachable';
import { stateFindings } from '../../../src/core/schemes/replication/state/findings';
import { viewOf } from '../../../src/core/schemes/replication/state/view';
import { replicationTopology } from '../../../src/core/schemes/replication/topology/site';
import type { TopologyNode } from '../../../src/core/topology/node';
import { AT_MS, exampleSite, observed, type SiteValues } from '../observation';

const site = exampleSite();

function tree(observation: ReturnType<typeof observed>): TopologyNode {
  return replicationTopology(site, observation, stateFindings(viewOf(site, observation)));
}

function nodeOf(node: TopologyNode, id: string): TopologyNode {
  const all = (one: TopologyNode): TopologyNode[] => [one, ...one.children.flatMap(all)];
  const found = all(node).find((one) => one.id === id);
  assert.ok(found, `no row ${id}`);
  return found;
}

function roleOf(edit: (hosts: SiteValues) => void): TopologyNode {
  return nodeOf(tree(observed(edit)), 'site:dc1/cc2/role');
}

describe('rows of hosts that are marked or refused', () => {
  it('an old primary that came back says so in its row', () => {
    const row = roleOf(({ cc2 }) => (cc2.role.returned = true));
    assert.match(row.description, /standby · epoch 3 · came back/);
    assert.match(
      row.facts.find(({ label }) => label === 'Came back')?.value ?? '',
      /prepared as a secondary/,
    );
    assert.equal(row.state, 'warning');
  });

  it('a host that is held closed by hand says so, and offers its way back', () => {
    const held = tree(observed(({ cc2 }) => (cc2.role.held = true)));
    assert.match(nodeOf(held, 'site:dc1/cc2/role').description, /standby · epoch 3 · held closed/);
    assert.ok(nodeOf(held, 'site:dc1/cc2').tokens.includes('held'));
    assert.ok(!nodeOf(tree(observed()), 'site:dc1/cc2').tokens.includes('held'));
  });

  it('a CLONE that is not whole, a lease, a pending epoch and the last failover are told', () => {
    const row = roleOf(({ cc2 }) =>
      Object.assign(cc2.role, {
        cloneBroken: true,
        lease: { token: 4, plan: 'p', operator: 'bob', remainingSeconds: 12 },
        pending: { epoch: 4, primary: 'cc2' },
        failover: { plan: 'dc1-failover-cc2', sinceMs: AT_MS },
      }),
    );
    const told = row.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    assert.match(told, /CLONE: begun and not whole/);
    assert.match(told, /Lease: bob, p, 12 s left/);
    assert.match(told, /Pending epoch: 4 for cc2/);
    assert.match(told, /Last failover: .*\(dc1-failover-cc2\)/);
  });

  const rows: readonly [OperatorErrorCode, RegExp][] = [
    ['host-key-changed', /^host key refused/],
    ['host-key-unknown', /^host key unknown/],
    ['auth-failed', /^refuses the login$/],
    ['host-unreachable', /^does not answer$/],
  ];
  for (const [code, says] of rows) {
    it(`${code}: controller and Prometheus host say ${String(says)}`, () => {
      const whole = observed();
      const hosts = {
        ...whole.hosts,
        cc2: unreachableHost('cc2', 'because', AT_MS, code),
        prom: unreachableHost('prom', 'because', AT_MS, code),
      };
      const root = tree({ ...whole, hosts });
      for (const id of ['site:dc1/cc2', 'site:dc1/prom']) assert.match(nodeOf(root, id).description, says);
    });
  }
});
