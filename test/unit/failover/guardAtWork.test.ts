import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { planReadiness } from '../../../src/core/plan/readiness';
import { WATCHDOG_SECONDS } from '../../../src/core/schemes/replication/failover/fence';
import { answered } from '../promote/setting';
import { CUT_OFF, type Emergency, emergency, GUARD_HEARD, planOf, sample, silence } from './setting';

/** Blocking checks, evidence and remedy of the fence where "cut off" was attested. */
function judged(edit: (given: Emergency) => void): { blocks: boolean; evidence: string; remedy: string } {
  const plan = planOf(
    emergency('hardened', (given) => {
      given.attested = CUT_OFF;
      edit(given);
    }),
  );
  const check = plan.checks.find(({ id }) => id === 'fence');
  assert.ok(check);
  const { blocking } = planReadiness(plan, {});
  return {
    ...{ blocks: blocking.includes('fence'), evidence: check.evidence.join('\n'), remedy: check.remedy },
  };
}

/** The last word at 1000, the guard so many seconds before 1040, by target and witness. */
const guardAsked =
  (target: readonly string[], witness: readonly string[] = target) =>
  ({ answers }: Emergency): void => {
    answers['life-target'] = silence(target);
    answers['life-witness'] = silence(witness);
  };

const heardAt =
  (heartbeat: number) =>
  ({ answers }: Emergency): void => {
    const one = (now: number) => sample({ heartbeat, queued: Math.min(heartbeat, 990), now });
    answers['received-twice'] = answered([one(1037), one(1040)].join('\n'));
  };

describe('failover: "cut off" is a proof where the guard was at work until then', () => {
  it('fell silent together with replication, a question before it or behind it', () => {
    for (const ago of [39, 40, 44, 50]) {
      const { blocks, evidence } = judged(guardAsked([`guard ${ago} 15`, 'clock 1040 0']));
      assert.equal(blocks, false, `${ago}: ${evidence}`);
    }
  });

  it('not one that was silent before replication was: it may have been dead, and close nothing', () => {
    const { blocks, evidence, remedy } = judged(guardAsked(['guard 3640 15', 'clock 1040 0']));
    assert.equal(blocks, true);
    assert.match(evidence, /the guard of cc1 asked last 3600 s before cc2 last received anything from cc1/);
    assert.match(remedy, /--attest powered-off=/);
    assert.doesNotMatch(remedy, /--attest isolated=/, 'saying it again helps nobody');
    assert.equal(judged(guardAsked(['guard 51 15', 'clock 1040 0'])).blocks, true);
  });

  it('the witness may have heard it later than the target did', () => {
    const late = ['guard 300 15', 'clock 1040 0'];
    assert.equal(judged(guardAsked(late, ['guard 41 15', 'clock 5 0'])).blocks, false);
    assert.equal(judged(guardAsked(late, silentWitness)).blocks, true);
  });
  const silentWitness: readonly string[] = [];

  it('not where replication had ended long before: nothing tells what silenced the guard', () => {
    const { blocks, evidence } = judged(heardAt(900));
    assert.equal(blocks, true);
    assert.match(evidence, /cc2 last received something from cc1 99 s before the guard of cc1 asked last/);
    assert.equal(judged(heardAt(970)).blocks, false, "MySQL's own heartbeat period is 30 s");
  });

  it('not where the clock was set meanwhile, in either direction', () => {
    for (const by of [3600, -3600, 6]) {
      const { blocks, evidence } = judged(guardAsked(['guard 41 15', `clock 1040 ${by}`]));
      assert.equal(blocks, true);
      assert.match(evidence, new RegExp(`clock of cc2 was set by ${by} s`));
    }
    assert.equal(judged(guardAsked(['guard 41 15', 'clock 1040 -2'])).blocks, false);
  });

  it('not where the target was booted since, or its MySQL has forgotten: what is not known is no proof', () => {
    const booted = judged(guardAsked([], GUARD_HEARD));
    assert.equal(booted.blocks, true);
    assert.match(booted.evidence, /cc2 does not remember when the guard of cc1 asked it last/);
    const forgotten = judged(heardAt(0));
    assert.equal(forgotten.blocks, true);
    assert.match(forgotten.evidence, /cc2 does not know when it last received anything from cc1/);
  });

  it("the wait knows the watchdog of the guard's unit", () => {
    const unit = readFileSync(
      path.join(import.meta.dirname, '../../../media/host/clustercontrol-ha-guard.service'),
      'utf8',
    );
    assert.equal(/^WatchdogSec=(\d+)$/m.exec(unit)?.[1], String(WATCHDOG_SECONDS));
  });
});
