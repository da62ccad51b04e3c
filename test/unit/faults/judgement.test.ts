import assert from 'node:assert/strict';
import { sawViolation } from '../../all/violation';
import { onlyLost } from '../../lab/failover/stage';
import type { Place } from '../../lab/faults/fault';
import { mustHold, mustNotBeBroken, Violated } from '../../lab/faults/judgement';
import { failover, halfWay } from '../../lab/faults/scenes/emergency';
import { planned } from '../../lab/faults/scenes/planned';
import type { Scene } from '../../lab/faults/scene';
import { assemble } from '../../lab/referee/judge/assemble';
import type { BlindSpot, Verdict, Violation } from '../../lab/referee/judge/verdict';

const LOST: Violation = {
  ...{ invariant: 'I5', hosts: ['cc1'], fromMs: 0, toMs: 9_000 },
  evidence: ['3 of 40 rows acknowledged by cc1 are not on cc2'],
};
const TWICE: Violation = {
  ...{ invariant: 'I1', hosts: ['cc1', 'cc2'], fromMs: 5, toMs: 9 },
  evidence: ['both acknowledged'],
};
const BLIND: BlindSpot = {
  ...{ watch: 'write/ordinary', host: 'cc2', fromMs: 100, toMs: 900 },
  reason: 'asked, no answer',
};
const DYING: BlindSpot = { ...BLIND, host: 'cc1', toMs: 700 };

const verdict = (violations: readonly Violation[], blind: readonly BlindSpot[]): Verdict =>
  assemble({
    ...{ violations: [...violations], excuses: [], blind: [...blind] },
    figures: {
      ...{ writerHandovers: [], vipHandovers: [], snatSettling: [], rates: [], refereeCpuShare: 0 },
      ...{ acknowledgedWrites: {}, acknowledgedHeartbeats: {} },
    },
    ...{ startedAt: '2026-01-01T00:00:00.000Z', watchedMs: 10_000 },
  });

const place = { target: 'cc2' } as Place;

function judged(scene: Scene, seen: Verdict, hangs?: 'target'): Error | undefined {
  try {
    mustHold(seen, scene, hangs === undefined ? {} : { hangs }, place, 'done -> done');
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Error);
    return error;
  }
}

/** What `npm test` makes of the text of a failed try decides whether there is a second one. */
describe('fault matrix: judgement of a cell', () => {
  for (const scene of [failover]) {
    it(`${scene.id}: a loss that it is due and a blind referee are no broken invariant, and both are told`, () => {
      const error = judged(scene, verdict([LOST], [BLIND]));
      assert.ok(error !== undefined && !(error instanceof Violated));
      assert.equal(sawViolation(error.message), false, error.message);
      assert.match(error.message, /no violation, blind 1 times[^]*due to the case: I5 on cc1.*3 of 40 rows/);
    });

    it(`${scene.id}: anything else that is broken is, also beside them`, () => {
      const error = judged(scene, verdict([LOST, TWICE], [BLIND]));
      assert.ok(error instanceof Violated);
      assert.equal(sawViolation(error.message), true, error.message);
      assert.match(error.message, /Referee: 1 violations[^]*^I1 /m);
    });

    it(`${scene.id}: holds with what it is due alone`, () => {
      assert.equal(judged(scene, verdict([LOST], [DYING])), undefined);
    });
  }

  for (const scene of [planned, halfWay]) {
    it(`${scene.id}: an acknowledged row that is missing is a broken invariant`, () => {
      const error = judged(scene, verdict([LOST], [DYING]));
      assert.ok(error instanceof Violated && sawViolation(error.message));
    });
  }

  it('half-way: the moment in which the old primary dies is no blindness', () => {
    assert.equal(judged(halfWay, verdict([], [DYING])), undefined);
  });

  it('of a case that failed otherwise: what was seen broken counts, but where its rows had to be is not known', () => {
    const failed = new Error('four next steps did not lead out');
    const seen = (violations: readonly Violation[]) => (): void =>
      mustNotBeBroken(verdict(violations, [BLIND]), planned, place, failed);
    assert.doesNotThrow(seen([LOST]));
    assert.throws(seen([LOST, TWICE]), (error: unknown) => {
      assert.ok(error instanceof Violated && sawViolation(error.message));
      assert.match(error.message, /^four next steps did not lead out\nReferee: 1 violations/);
      return true;
    });
  });

  it('a MySQL that a fault hangs is no blindness, its VIP is', () => {
    assert.equal(judged(planned, verdict([], [BLIND]), 'target'), undefined);
    assert.ok(judged(planned, verdict([], [{ ...BLIND, watch: 'vip' }]), 'target'));
  });
});

describe('lab: judgement of a failover', () => {
  const text = (seen: Verdict): string => {
    try {
      onlyLost(seen, 'cc1');
      return '';
    } catch (error) {
      assert.ok(error instanceof Error);
      return error.stack ?? error.message;
    }
  };

  it('a loss that it is due and a blind referee are no broken invariant, anything else is', () => {
    assert.equal(text(verdict([LOST], [DYING])), '');
    const blind = text(verdict([LOST], [BLIND]));
    assert.match(blind, /blind: write\/ordinary on cc2/);
    assert.equal(sawViolation(blind), false, blind);
    assert.equal(sawViolation(text(verdict([LOST, TWICE], [BLIND]))), true);
  });
});
