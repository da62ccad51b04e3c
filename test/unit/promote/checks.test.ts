import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { CHECKS } from '../../../src/core/schemes/replication/checks/table';
import { askedCases } from './askedCases';
import type { Case } from './case';
import { databaseCases } from './databaseCases';
import { hostCases } from './hostCases';
import { checkOf, edited, planOf, setting } from './setting';

const CASES: readonly Case[] = [...hostCases, ...databaseCases, ...askedCases];

describe('checks of a planned promotion', () => {
  const healthy = { hardened: planOf(setting('hardened')), documented: planOf(setting('documented')) };

  it('a recorded hardened pair in good health passes all that could stop it', () => {
    assert.deepEqual(planReadiness(healthy.hardened, {}), { ready: true, blocking: [], unacknowledged: [] });
    const fired = healthy.hardened.checks.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id);
    assert.deepEqual(fired, []);
  });

  it('a documented pair may go, and is told what is unsafe', () => {
    assert.deepEqual(planReadiness(healthy.documented, {}), {
      ready: true,
      blocking: [],
      unacknowledged: [],
    });
    assert.equal(checkOf(healthy.documented, 'snat').outcome, 'fired');
  });

  it('every check has a case here', () => {
    const covered = new Set(CASES.map(({ check }) => check));
    assert.deepEqual(
      healthy.hardened.checks.map(({ id }) => id).filter((id) => !covered.has(id)),
      [],
    );
  });

  for (const { check, when, edit, says, profile = 'hardened', milder } of CASES) {
    it(`${check} fires when ${when}`, () => {
      const { outcome, evidence, remedy, level } = checkOf(planOf(edited(profile, edit)), check);
      assert.equal(outcome, 'fired', evidence.join('\n'));
      assert.match(evidence.join('\n'), says);
      assert.notEqual(remedy, '');
      assert.equal(level, milder ?? CHECKS.find(({ id }) => id === check)?.level);
    });
  }

  it('persisted-read-only only warns where the profile knows no better', () => {
    const plan = planOf(edited('documented', (s) => (s.cc2.mysql.persisted = { super_read_only: '0' })));
    assert.equal(checkOf(plan, 'persisted-read-only').level, 'warn');
  });
});
