import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ElectionEvent } from '../../../src/core/vrrp/event';
import type { VrrpPair } from '../../../src/core/vrrp/pair';
import { effectivePriority, isEligible } from '../../../src/core/vrrp/priority';
import { settle } from '../../../src/core/vrrp/settle';
import { holdersOf, nextState, normalOperation } from '../../../src/core/vrrp/simulate';
import type { PairState } from '../../../src/core/vrrp/state';
import { electionLine, electionMarkdown } from '../../../src/core/vrrp/table';
import { pairWith } from './pairs';

const pairs: fc.Arbitrary<VrrpPair> = fc
  .record({
    priorities: fc.tuple(fc.integer({ min: 1, max: 254 }), fc.integer({ min: 1, max: 254 })),
    nopreempt: fc.boolean(),
    firstState: fc.constantFrom('BACKUP' as const, 'MASTER' as const),
    track: fc.oneof(
      fc.constant({ kind: 'role' as const }),
      fc
        .option(fc.integer({ min: -253, max: 253 }), { nil: undefined })
        .map((weight) => ({ kind: 'process' as const, weight })),
    ),
    snat: fc.constantFrom('none' as const, 'documented' as const, 'hardened' as const),
    version: fc.constantFrom(2 as const, 3 as const),
  })
  .map(pairWith);

const hosts = fc.constantFrom(0 as const, 1 as const);
const events: fc.Arbitrary<ElectionEvent> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      'cmon-stops' as const,
      'cmon-starts' as const,
      'role-taken' as const,
      'role-given' as const,
      'keepalived-stops' as const,
      'keepalived-starts' as const,
      'host-dies' as const,
      'host-returns' as const,
    ),
    host: hosts,
  }),
  fc.record({ kind: fc.constantFrom('partition' as const, 'partition-heals' as const) }),
);

/** Calls `look` with every state on the way of every history. */
function everywhere(look: (pair: VrrpPair, state: PairState) => void): void {
  const property = fc.property(pairs, fc.array(events, { maxLength: 20 }), (pair, history) => {
    let state = normalOperation(pair);
    look(pair, state);
    for (const event of history) {
      state = nextState(pair, state, event);
      look(pair, state);
    }
  });
  fc.assert(property, { numRuns: 2000 });
}

const INDEXES = [0, 1] as const;

describe('simulated election: what always holds', () => {
  it('comes to rest: what is settled stays as it is', () => {
    everywhere((pair, state) => assert.deepEqual(settle(pair, state), state));
  });

  it('gives the VIP to hosts only that are on, run keepalived and are eligible', () => {
    everywhere((pair, state) => {
      for (const index of holdersOf(state)) {
        const host = state.hosts[index];
        assert.ok(host.powered && host.keepalived && isEligible(pair, host));
      }
    });
  });

  it('leaves the VIP without a holder only when no host is eligible', () => {
    everywhere((pair, state) => {
      const eligible = INDEXES.filter((index) => {
        const host = state.hosts[index];
        return host.keepalived && isEligible(pair, host);
      });
      assert.equal(holdersOf(state).length === 0, eligible.length === 0);
    });
  });

  it('has two holders only in a cut, or with the documented SNAT rule', () => {
    everywhere((pair, state) => {
      if (holdersOf(state).length === 2) assert.ok(state.cut || pair.snat === 'documented');
    });
  });

  it('leaves a better host in BACKUP only where nopreempt holds', () => {
    everywhere((pair, state) => {
      const [holder, other] = holdersOf(state);
      if (holder === undefined || other !== undefined || state.cut) return;
      const backup = holder === 0 ? 1 : 0;
      if (state.hosts[backup].vrrp !== 'BACKUP') return;
      const { nopreempt, state: begins } = pair.hosts[backup];
      const better = effectivePriority(pair, state, backup) > effectivePriority(pair, state, holder);
      assert.ok(!better || (nopreempt && begins === 'BACKUP'));
    });
  });

  it('advertises priorities from 1 to 254', () => {
    everywhere((pair, state) => {
      for (const index of INDEXES) {
        const priority = effectivePriority(pair, state, index);
        assert.ok(priority >= 1 && priority <= 254);
      }
    });
  });

  it('can be said in one line and in a table for every pair', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        assert.doesNotMatch(electionLine(pair), /undefined|\n/);
        assert.doesNotMatch(electionMarkdown(pair), /undefined/);
      }),
    );
  });
});
