import assert from 'node:assert/strict';
import fc from 'fast-check';
import { provenOverlap, sighted, sightedAgain, type Sighting } from '../../lab/referee/judge/sighting';

const seen = (...observations: [number, number][]): Sighting => {
  const [first, ...others] = observations;
  assert.ok(first);
  return others.reduce((sighting, [from, to]) => sightedAgain(sighting, from, to), sighted(...first));
};

describe('referee: what proves that two states held at once', () => {
  it('one observation between two of the other does', () => {
    assert.deepEqual(provenOverlap(seen([0, 1], [10, 11]), seen([4, 5])), { fromMs: 4, toMs: 5 });
    assert.deepEqual(provenOverlap(seen([4, 5]), seen([0, 1], [10, 11])), { fromMs: 4, toMs: 5 });
  });

  it('two lone observations do not, even when they overlap in time', () => {
    assert.equal(provenOverlap(seen([0, 10]), seen([2, 8])), undefined);
  });

  it('an observation that began before the other state was certain does not', () => {
    assert.equal(provenOverlap(seen([0, 5], [10, 11]), seen([4, 7])), undefined);
    assert.equal(provenOverlap(seen([0, 1], [10, 20]), seen([8, 12])), undefined);
  });

  it('one after the other does not; two long ones that meet do', () => {
    assert.equal(provenOverlap(seen([0, 1], [10, 11]), seen([10.5, 12], [20, 21])), undefined);
    assert.deepEqual(provenOverlap(seen([0, 1], [10, 11]), seen([5, 6], [20, 21])), { fromMs: 6, toMs: 10 });
  });

  it('never convicts two states that followed one another, however late the observations were', () => {
    const delays = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.nat(500), fc.nat(3), delays, delays, (handover, pause, first, second) => {
        // The old state ended at `handover`, the new one began `pause` later. Each observation is true at one
        // moment inside it: the old one's lie before the handover, the new one's after it.
        let moment = handover;
        const old: [number, number][] = [];
        for (const [before, after] of first) {
          old.unshift([moment - before, moment + after]);
          moment -= before + after;
        }
        moment = handover + pause;
        const recent: [number, number][] = [];
        for (const [before, after] of second) {
          recent.push([moment - before, moment + after]);
          moment += before + after;
        }
        assert.equal(provenOverlap(seen(...old), seen(...recent)), undefined);
      }),
    );
  });
});
