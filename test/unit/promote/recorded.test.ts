import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import type { Profile } from '../observe/recorded';
import { answered, checkOf, planOf, setting, type Setting } from './setting';

/** What was done to the hosts when they were recorded, and the checks that must stop a promotion then. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  'applier-broken': ['threads'],
  'applier-stopped': ['threads', 'lag'],
  'keepalived-killed': ['keepalived'],
  'lsyncd-down': ['lsyncd-direction'],
  'source-cut-off': ['heartbeat'],
};

/** The primary of a `mysql-down` recording answers no question either. */
function withoutMysql(profile: Profile): Setting {
  const given = setting(profile, 'mysql-down');
  given.answers['source-position'] = answered('', 1, "ERROR 2002 (HY000): Can't connect");
  return given;
}

describe('promotion of hosts as they were recorded', () => {
  for (const profile of ['hardened', 'documented'] as const) {
    for (const [state, expected] of Object.entries(STATES)) {
      it(`${profile}, ${state}: ${expected.join(', ')}`, () => {
        const { blocking } = planReadiness(planOf(setting(profile, state)), {});
        assert.deepEqual(
          expected.filter((id) => !blocking.includes(id)),
          [],
          blocking.join(),
        );
      });
    }

    it(`${profile}, mysql-down: refused, and what needs the database is unknown`, () => {
      const plan = planOf(withoutMysql(profile));
      assert.ok(planReadiness(plan, {}).blocking.includes('access'));
      for (const id of ['identities', 'versions', 'gtid-ready', 'errant']) {
        assert.equal(checkOf(plan, id).outcome, 'unknown', id);
      }
    });
  }

  it('a source that was cut off still says Yes and Yes: only what was heard tells', () => {
    const given = setting('hardened', 'source-cut-off');
    const replica = given.cc2.mysql.replica;
    assert.deepEqual(
      [replica?.ioRunning, replica?.sqlRunning, replica?.secondsBehindSource],
      ['Yes', 'Yes', 0],
    );
    const plan = planOf(given);
    assert.equal(checkOf(plan, 'threads').outcome, 'passed');
    assert.match(checkOf(plan, 'heartbeat').evidence.join(), /cc2 last heard cc1 \d+\.\d s ago/);
  });

  it('one late heartbeat is no silence, a second one is', () => {
    const outcome = (age: number): string => {
      const given = setting('hardened');
      Object.assign(given.cc2.mysql.replica ?? {}, { heartbeatIntervalMs: 2_000, heartbeatAgeMs: age });
      return checkOf(planOf(given), 'heartbeat').outcome;
    };
    assert.deepEqual([2_100, 4_399, 4_401].map(outcome), ['passed', 'passed', 'fired']);
  });
});
