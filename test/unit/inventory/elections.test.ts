import assert from 'node:assert/strict';
import fc from 'fast-check';
import { electionsOf } from '../../../src/core/schemes/replication/rules/elections';
import { vrrpPairOf } from '../../../src/core/schemes/replication/vrrpPair';
import {
  deathOutcomes,
  keepalivedOutcomes,
  partitionOutcomes,
  takeoverOutcomes,
} from '../../../src/core/vrrp/outcomes';
import type { VrrpPair } from '../../../src/core/vrrp/pair';
import { exampleSite } from '../observation';

const base = vrrpPairOf(exampleSite('    profile: documented\n'));
const host = fc.record({
  name: fc.constantFrom('cc1', 'cc2'),
  address: fc.constantFrom('10.0.0.1', '10.0.0.9', '9.255.255.255', '192.168.73.20'),
  priority: fc.constantFrom(99, 100, 101, 105),
  state: fc.constantFrom('BACKUP' as const, 'MASTER' as const),
  nopreempt: fc.boolean(),
});
const pairs: fc.Arbitrary<VrrpPair> = fc.record({
  hosts: fc.tuple(host, host).filter(([a, b]) => a.name !== b.name && a.address !== b.address),
  track: fc.constantFrom(base.track, { kind: 'role' as const }),
  snat: fc.constantFrom('documented' as const, 'hardened' as const),
  version: fc.constantFrom(2 as const, 3 as const),
  advertIntervalSeconds: fc.constantFrom(0.2, 1),
  checkIntervalSeconds: fc.constant(2),
});

describe('elections that are simulated once for many sites', () => {
  it('are those of each of them', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        assert.deepEqual(electionsOf(pair), {
          takeover: takeoverOutcomes(pair),
          keepalived: keepalivedOutcomes(pair),
          death: deathOutcomes(pair),
          partition: partitionOutcomes(pair),
        });
      }),
      { numRuns: 1500 },
    );
  });
});
