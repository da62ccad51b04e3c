import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { hardenedPriority } from '../../../src/core/schemes/replication/hardenedPriority';
import { electionMarkdown } from '../../../src/core/vrrp/table';
import { pairWith } from './pairs';

describe('docs/election.md', () => {
  const text = readFileSync('docs/election.md', 'utf8');

  it('shows the tables that the product shows', () => {
    const documented = pairWith({ snat: 'documented' });
    const hardened = pairWith({
      snat: 'hardened',
      version: 3,
      priorities: [hardenedPriority(0.2), hardenedPriority(0.2)],
      track: { kind: 'role' },
      advertIntervalSeconds: 0.2,
    });
    for (const pair of [documented, hardened]) assert.ok(text.includes(electionMarkdown(pair)));
  });
});
