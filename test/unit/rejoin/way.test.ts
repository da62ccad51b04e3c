import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { healthyReplica, UUID_1, UUID_2 } from '../observation';
import { planOf, type Setting } from './setting';

const cc2 =
  (
    edit: (mysql: Parameters<NonNullable<Setting['hosts']>>[0]['cc2']['mysql']) => void,
  ): NonNullable<Setting['hosts']> =>
  (hosts) =>
    edit(hosts.cc2.mysql);

const CASES: readonly (readonly [string, 'follow' | 'clone', RegExp, Setting])[] = [
  ['a standby that is behind', 'follow', /has everything that it has/, {}],
  [
    'an old primary that came back and lacks nothing',
    'follow',
    /has everything/,
    { hosts: cc2((mysql) => (mysql.replica = undefined)) },
  ],
  [
    'one with transactions of its own',
    'clone',
    new RegExp(`has 3 transactions that cc1 lacks: ${UUID_2}:1-3`),
    { hosts: cc2((mysql) => (mysql.gtidExecuted = `${UUID_1}:1-100,${UUID_2}:1-3`)) },
  ],
  [
    'one whose missing transactions are purged',
    'clone',
    /cc1 has purged what it lacks: .*:101-110/,
    { answers: { 'donor-state': `executed=${UUID_1}:1-120\npurged=${UUID_1}:1-110\nbytes=1\nend=1\n` } },
  ],
  [
    'one whose applier stopped by an error',
    'clone',
    /its applier stopped with an error: Duplicate entry/,
    {
      hosts: cc2(
        (mysql) =>
          (mysql.replica = { ...healthyReplica(), sqlRunning: 'No', workerErrors: ['Duplicate entry 1'] }),
      ),
    },
  ],
  [
    'one whose applier was stopped by hand',
    'follow',
    /has everything/,
    { hosts: cc2((mysql) => (mysql.replica = { ...healthyReplica(), sqlRunning: 'No' })) },
  ],
  [
    'one whose relay log was torn by a power cut',
    'follow',
    /has everything/,
    {
      hosts: cc2(
        (mysql) =>
          (mysql.replica = {
            ...healthyReplica(),
            sqlRunning: 'No',
            sqlError: 'corrupted data in log event',
          }),
      ),
    },
  ],
  ['an empty one', 'clone', /no data of cc1 yet/, { hosts: cc2((mysql) => (mysql.gtidExecuted = '')) }],
  [
    'one whose CLONE broke off: its GTID set claims what it has lost',
    'clone',
    /its data is not whole/,
    { answers: { 'rejoin-state': 'clone-broke-off=1\nfree=900000000\nbinlog=1\nend=1\n' } },
  ],
];

describe('what a host needs to become a standby', () => {
  for (const [what, way, reason, setting] of CASES) {
    it(`${what}: ${way}`, () => {
      const plan = planOf(setting);
      const why = plan.checks.find(({ id }) => id === 'way');
      assert.equal(plan.mode, way, why?.evidence.join('\n'));
      assert.match(why?.evidence.join('\n') ?? '', reason);
    });
  }

  it('blocks where that cannot be told, also by an answer that was cut off', () => {
    const cut = `executed=${UUID_1}:1-120\npurged=`;
    for (const answers of [
      { 'donor-state': undefined },
      { 'donor-state': cut },
      { 'rejoin-state': 'free=1\n' },
    ]) {
      assert.ok(planReadiness(planOf({ answers }), {}).blocking.includes('way'), JSON.stringify(answers));
    }
  });
});
