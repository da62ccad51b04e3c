import assert from 'node:assert/strict';
import { planReadiness } from '../../../src/core/plan/readiness';
import { healthyReplica, UUID_1 } from '../observation';
import { planOf, type Setting } from './setting';

/** All that a CLONE needs is looked at only when there is one. */
const needsClone: NonNullable<Setting['hosts']> = (hosts) => {
  hosts.cc2.mysql.replica = { ...healthyReplica(), sqlRunning: 'No', sqlError: 'Duplicate entry' };
};
const donor = (more: string): NonNullable<Setting['answers']> => ({
  'donor-state': `executed=${UUID_1}:1-120\npurged=\nbytes=100000000\n${more}end=1\n`,
});

const BLOCKED: readonly (readonly [string, Setting])[] = [
  ['access', { gone: ['cc1'] }],
  ['primary-clear', { hosts: (hosts) => (hosts.cc1.mysql.superReadOnly = hosts.cc1.mysql.readOnly = true) }],
  [
    'primary-clear',
    { hosts: (hosts) => ((hosts.cc1.cmonProcesses = 0), (hosts.cc1.lsyncd.running = false)) },
  ],
  ['closed', { hosts: (hosts) => (hosts.cc2.mysql.superReadOnly = hosts.cc2.mysql.readOnly = false) }],
  ['closed', { hosts: (hosts) => (hosts.cc2.cmonProcesses = 1) }],
  ['closed', { hosts: (hosts) => (hosts.cc2.lsyncd.running = true) }],
  [
    'closed',
    { hosts: (hosts) => (hosts.cc2.snat.toVip = ['-A POSTROUTING -j SNAT --to-source 192.168.73.200']) },
  ],
  ['records', { hosts: (hosts) => (hosts.cc2.role.record = { epoch: 4, role: 'standby', primary: 'cc2' }) }],
  ['gtid-ready', { hosts: (hosts) => (hosts.cc2.mysql.gtidMode = 'OFF') }],
  ['versions', { hosts: (hosts) => (hosts.cc2.mysql.version = '8.4.1') }],
  ['replication-login', { exits: { 'replication-login': 1 } }],
  ['clone-ready', { hosts: (hosts) => (needsClone(hosts), (hosts.cc2.mysql.clonePlugin = false)) }],
  ['clone-ready', { hosts: (hosts) => (needsClone(hosts), (hosts.cc2.mysql.version = '9.7.3')) }],
  ['clone-login', { hosts: needsClone, exits: { 'clone-login': 1 } }],
  ['clone-login', { hosts: needsClone, answers: { 'clone-login': 'GRANT USAGE ON *.* TO `clone`@`%`' } }],
  ['other-engines', { hosts: needsClone, answers: donor('engine=cmon.old (MyISAM)\n') }],
  ['disk-for-clone', { hosts: needsClone, answers: { 'rejoin-state': 'free=99999999\nbinlog=1\nend=1\n' } }],
  ['secrets', { hosts: needsClone, secrets: ['dc1-repl'] }],
];

describe('checks of a rejoin', () => {
  it('nothing blocks a healthy pair', () => {
    assert.deepEqual(planReadiness(planOf(), {}).blocking, []);
    assert.deepEqual(planReadiness(planOf({ hosts: needsClone }), {}).blocking, []);
  });

  for (const [index, [id, setting]] of BLOCKED.entries()) {
    it(`${id} blocks (${index + 1}), with a remedy`, () => {
      const plan = planOf(setting);
      assert.ok(planReadiness(plan, {}).blocking.includes(id), planReadiness(plan, {}).blocking.join());
      assert.notEqual(plan.checks.find((check) => check.id === id)?.remedy, '');
    });
  }

  it('does not ask for the clone account where no CLONE is needed', () => {
    const plan = planOf({ exits: { 'clone-login': 1 }, secrets: ['dc1-repl'] });
    assert.deepEqual(planReadiness(plan, {}).blocking, []);
  });

  it('says what to do where a host without the clone plugin can not tell whether a CLONE broke off', () => {
    const plan = planOf({
      hosts: (hosts) => (hosts.cc2.mysql.clonePlugin = false),
      exits: { 'rejoin-state': 1 },
    });
    assert.ok(planReadiness(plan, {}).blocking.includes('way'));
    assert.match(
      plan.checks.find(({ id }) => id === 'way')?.evidence.join() ?? '',
      /cc2: its clone plugin is not active.*INSTALL PLUGIN clone/,
    );
  });

  it('lists files that differ, and which exist there alone', () => {
    const answers = {
      'files-that-differ':
        '.d..t...... etc/cmon.d/\n<f.st...... etc/cmon.cnf\n<f+++++++++ etc/cmon.d/new.cnf\n*deleting   etc/cmon.d/old.cnf\n',
    };
    const check = planOf({ answers }).checks.find(({ id }) => id === 'files');
    assert.deepEqual(check?.evidence.slice(-3), [
      'etc/cmon.cnf',
      'etc/cmon.d/new.cnf (new)',
      'etc/cmon.d/old.cnf (only there)',
    ]);
    assert.equal(check?.level, 'warn');
  });
});
