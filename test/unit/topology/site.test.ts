import assert from 'node:assert/strict';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import type { SiteObservation } from '../../../src/core/observe/host';
import type { TopologyNode } from '../../../src/core/topology/node';
import { exampleSite, observed } from '../observation';
import type { SiteValues } from '../observation';

const site = exampleSite();

function topology(observation: SiteObservation): TopologyNode {
  return replicationScheme.topology(site, observation, replicationScheme.findings(site, observation));
}

function all(node: TopologyNode): TopologyNode[] {
  return [node, ...node.children.flatMap(all)];
}

function find(node: TopologyNode, id: string): TopologyNode {
  const found = all(node).find((one) => one.id === id);
  assert.ok(found !== undefined, id);
  return found;
}

const swapped = ({ cc1, cc2 }: SiteValues) => {
  for (const key of ['addresses', 'snat', 'lsyncd'] as const) {
    const kept = cc1[key];
    Object.assign(cc1, { [key]: cc2[key] });
    Object.assign(cc2, { [key]: kept });
  }
};

describe('topology of a replication site', () => {
  it('shows a healthy pair as healthy, with its standby at rest', () => {
    const tree = topology(observed());
    assert.equal(tree.state, 'healthy');
    assert.equal(tree.description, 'cc1 primary · cc2 standby');
    assert.equal(find(tree, 'site:dc1/vip').description, 'on cc1 · 192.168.73.200');
    assert.deepEqual(find(tree, 'site:dc1/cc2').tokens, ['controller', 'standby', 'reachable']);
    assert.equal(find(tree, 'site:dc1/cc2/services').state, 'inactive');
    assert.match(find(tree, 'site:dc1/cc2/replication').description, /^0 s behind · heard 0\.4 s ago$/);
    assert.ok(!tree.children.some(({ kind }) => kind === 'findings'));
  });

  it('shows a host that does not answer as unknown, with all its parts, never as healthy or at rest', () => {
    const tree = topology(observed(undefined, { gone: ['cc2'] }));
    const host = find(tree, 'site:dc1/cc2');
    assert.equal(host.description, 'does not answer');
    assert.deepEqual(host.tokens, ['controller', 'unknown', 'unreachable']);
    for (const part of host.children) assert.equal(part.state, 'unknown', part.id);
    for (const fact of all(host).flatMap(({ facts }) => facts)) {
      assert.ok(fact.source === 'inventory' || fact.value.startsWith('unknown: '), fact.label);
    }
    assert.equal(find(tree, 'site:dc1/vip').description, 'on cc1, perhaps not alone · 192.168.73.200');
    assert.notEqual(tree.state, 'healthy');
  });

  it('is unknown as a whole before anything was observed', () => {
    const tree = topology({ site: 'dc1', atMs: 1, hosts: {} });
    assert.equal(tree.description, 'no clear primary');
    for (const node of tree.children.filter(({ kind }) => kind !== 'findings'))
      assert.equal(node.state, 'unknown', node.id);
  });

  it('keeps ids unique, and the same over refreshes whatever the state is', () => {
    const states = [observed(), observed(undefined, { gone: ['cc1', 'prom'] }), observed(swapped)];
    const ids = states.map((state) => all(topology(state)).map(({ id }) => id));
    for (const list of ids) assert.equal(new Set(list).size, list.length);
    const parts = (list: readonly string[]) =>
      list.filter((id) => /^site:dc1\/[^/]+(\/(?!replication|services\/)[a-z]+)?$/.test(id));
    const fixed = (list: readonly string[] = []) => parts(list).filter((id) => !id.includes('/findings'));
    assert.deepEqual(fixed(ids[1]), fixed(ids[0]));
    assert.deepEqual(fixed(ids[2]), fixed(ids[0]));
  });

  it('puts a finding on the part it is about, on its host, and on all above', () => {
    const tree = topology(observed(({ cc2 }) => (cc2.mysql.superReadOnly = false)));
    assert.equal(find(tree, 'site:dc1/cc2/database').state, 'warning');
    assert.equal(find(tree, 'site:dc1/cc2').state, 'warning');
    assert.equal(find(tree, 'site:dc1/cc1').state, 'healthy');
    assert.equal(tree.state, 'warning');
    assert.equal(find(tree, 'site:dc1/findings/standby-writable@cc2').findingCode, 'standby-writable');
  });

  it('marks a role on which not everything agrees', () => {
    const tree = topology(observed(({ cc2 }) => (cc2.cmonProcesses = 1)));
    assert.equal(find(tree, 'site:dc1/cc2').description, 'standby?');
    assert.equal(find(tree, 'site:dc1/cc2/role').state, 'error');
  });
});
