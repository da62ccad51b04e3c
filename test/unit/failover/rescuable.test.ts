import assert from 'node:assert/strict';
import type { Plan } from '../../../src/core/plan/plan';
import { planReadiness } from '../../../src/core/plan/readiness';
import { answered, checkOf } from '../promote/setting';
import { emergency, halfWay, planOf } from './setting';

const UUID = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const ENCRYPTED = '/d/b.2 can not be read (encrypted?): ERROR: Reading encrypted log files directly';

/** cc2 has applied 1-20; what the disk of cc1 says: `log NAME`, `previous SET`, the newest first. */
function planWith(stdout: string, stderr = '', exitCode = 0): Plan {
  return planOf(
    emergency('hardened', (given) => {
      halfWay(given);
      given.cc2.mysql.gtidExecuted = `${UUID}:1-20`;
      given.answers['source-binlog'] = answered(stdout, exitCode, stderr);
    }),
  );
}

const PROMISED: readonly (readonly [string, string, Plan])[] = [
  [
    'the newest alone',
    'b.3',
    planWith(`log /d/b.3\nprevious\nprevious ${UUID}:1-20\nlog /d/b.2\nprevious\n`),
  ],
  [
    'an older one, too',
    'b.2',
    planWith(`log /d/b.3\nprevious ${UUID}:1-21\nlog /d/b.2\nprevious ${UUID}:1-9\n`),
  ],
  [
    'sets of two lines',
    'b.3',
    planWith(`log /d/b.3\nprevious\nprevious ${UUID}:1-9,\nprevious ${UUID}:10-20\n`),
  ],
  ['all down to the first', 'b.1', planWith(`log /d/b.2\nprevious ${UUID}:1-21\nlog /d/b.1\nprevious\n`)],
  [
    'one that nobody needs can not be read',
    'b.3',
    planWith(`log /d/b.3\nprevious ${UUID}:1-20\nlog /d/b.2\n`, ENCRYPTED),
  ],
];

const NOT: readonly (readonly [string, RegExp, Plan])[] = [
  ['the newest can not be read', /b\.2 can not be read.*encrypted/, planWith('log /d/b.2\n', ENCRYPTED)],
  [
    'an older one that is needed can not',
    /b\.2 can not be read/,
    planWith(`log /d/b.3\nprevious ${UUID}:1-21\nlog /d/b.2\n`, ENCRYPTED),
  ],
  ['no program', /cc1 has no mysqlbinlog/, planWith('', 'cc1 has no mysqlbinlog', 1)],
  ['it says nothing at all', /exit 1/, planWith('', '', 1)],
  [
    'what is missing was purged',
    /newest 1 binary logs do not reach back/,
    planWith(`log /d/b.9\nprevious ${UUID}:1-21\n`),
  ],
];

describe('half-way: what the disk of the dead server can give', () => {
  for (const [name, oldest, plan] of PROMISED) {
    it(`is promised: ${name}`, () => {
      const bring = plan.steps.find(({ id }) => id === 'rescue-bring');
      assert.ok(bring?.act.script.includes(`!= ${oldest} ]`), 'it stops behind that log');
      assert.match(plan.confirmation.detail, /brought over from its binary logs/);
      assert.notEqual(
        checkOf(plan, 'rescue').level === 'acknowledge' && checkOf(plan, 'rescue').outcome,
        'fired',
      );
    });
  }

  for (const [name, why, plan] of NOT) {
    it(`is not, and the loss wants a reason: ${name}`, () => {
      assert.ok(!plan.steps.some(({ id }) => id.startsWith('rescue-')));
      assert.match(plan.confirmation.detail, /is lost to cc2/);
      const { outcome, level, evidence } = checkOf(plan, 'rescue');
      assert.deepEqual([outcome, level], ['fired', 'acknowledge']);
      assert.match(evidence.join('\n'), why);
      assert.ok(planReadiness(plan, {}).unacknowledged.includes('rescue'));
      assert.ok(!planReadiness(plan, {}).blocking.includes('rescue'));
    });
  }
});
