import assert from 'node:assert/strict';
import type { NodeState, TopologyNode } from '../../../src/core/topology/node';
import { drawCurrent, drawStale, remember } from '../../../src/ui/tree/lastKnown';

function node(
  id: string,
  state: NodeState,
  description: string,
  children: TopologyNode[] = [],
): TopologyNode {
  const facts = [{ label: 'role', value: description, source: 'role record', atMs: 0 }];
  return { id, kind: 'controller', label: id, description, state, facts, children, tokens: [], site: 'dc1' };
}

describe('last known states', () => {
  const healthy = node('site', 'healthy', 'ok', [
    node('cc1', 'healthy', 'primary'),
    node('cc2', 'healthy', 'standby'),
  ]);
  const dark = node('site', 'error', 'cc1 is away', [
    node('cc1', 'unknown', 'unreachable'),
    node('cc2', 'healthy', 'standby'),
  ]);

  it('are drawn where a node is unknown now, with the time they were seen', () => {
    const memory = remember(remember(undefined, healthy, 1_000), dark, 2_000);
    const [cc1, cc2] = drawCurrent(dark, memory).children;
    assert.equal(cc1?.node.description, 'unreachable');
    assert.equal(cc1?.lastKnown?.description, 'primary');
    assert.equal(cc1?.lastKnown?.atMs, 1_000);
    assert.equal(cc2?.lastKnown, undefined);
  });

  it('are drawn for a host that does not answer, whatever that means for the site', () => {
    const gone = { ...node('cc1', 'error', 'does not answer'), tokens: ['controller', 'unreachable'] };
    const memory = remember(undefined, healthy, 1_000);
    const site = node('site', 'error', 'no writer', [gone]);
    assert.equal(drawCurrent(site, memory).children[0]?.lastKnown?.description, 'primary');
    assert.equal(remember(memory, site, 2_000).known['cc1']?.atMs, 1_000);
  });

  it('leave out, below a silent host, rows of which nothing was ever known', () => {
    const part = (id: string) => node(id, 'unknown', 'unknown');
    const gone = node('cc1', 'unknown', 'does not answer', [part('role'), part('mysql')]);
    assert.deepEqual(drawCurrent(gone, undefined).children, []);
    const before = node('cc1', 'healthy', 'primary', [node('mysql', 'healthy', 'writable')]);
    const shown = drawCurrent(gone, remember(undefined, before, 1_000)).children;
    assert.deepEqual(
      shown.map((child) => child.node.id),
      ['mysql'],
    );
  });

  it('follow what is known again', () => {
    const after = remember(remember(remember(undefined, healthy, 1_000), dark, 2_000), healthy, 3_000);
    assert.equal(after.known['cc1']?.atMs, 3_000);
  });

  it('are forgotten with their node, and survive as JSON', () => {
    const memory = remember(remember(undefined, healthy, 1_000), node('site', 'healthy', 'ok'), 2_000);
    assert.deepEqual(Object.keys(memory.known), ['site']);
    assert.deepEqual(JSON.parse(JSON.stringify(memory)), memory);
  });

  it('mark the whole picture when nothing was observed in this window', () => {
    const drawn = drawStale(healthy, 1_000);
    assert.equal(drawn.staleSinceMs, 1_000);
    assert.ok(drawn.children.every((child) => child.staleSinceMs === 1_000));
  });
});
