import assert from 'node:assert/strict';
import type { HostObservation } from '../../../src/core/observe/host';
import { planReadiness } from '../../../src/core/plan/readiness';
import { checkOf, edited, planOf, type Setting } from './setting';

/** Facts that each check rests on: hidden one at a time, on either host. */
const RESTS_ON: Readonly<Record<string, readonly (keyof HostObservation)[]>> = {
  'operation-unfinished': ['role'],
  recent: ['role'],
  access: ['reachable', 'privileged', 'missingPrograms', 'mysql'],
  'profile-mismatch': ['keepalived', 'role'],
  identities: ['mysql'],
  versions: ['mysql'],
  'gtid-ready': ['mysql'],
  purged: ['mysql'],
  'persisted-read-only': ['mysql'],
  durability: ['mysql'],
  keepalived: ['keepalived'],
  'vip-holders': ['addresses'],
  snat: ['snat'],
  'lsyncd-direction': ['lsyncd'],
  resources: ['resources'],
};
const RESTS_ON_TARGET: Readonly<Record<string, readonly (keyof HostObservation)[]>> = {
  threads: ['mysql'],
  heartbeat: ['mysql'],
  lag: ['mysql'],
  unapplied: ['mysql'],
  errant: ['mysql'],
  'cmon-on-target': ['units', 'cmonProcesses', 'cmonCron'],
};
const RESTS_ON_ANSWER: Readonly<Record<string, readonly string[]>> = {
  errant: ['source-position'],
  'reverse-login': ['reverse-login'],
  keepalived: ['keepalived-auth-source', 'keepalived-auth-target'],
  'vip-holders': ['vip-hardware-address', 'vip-neighbour'],
  filters: ['server-source', 'server-target'],
  busy: ['server-source', 'server-target', 'work-source'],
  binds: ['server-target', 'cmon-source', 'cmon-target'],
  versions: ['cmon-source', 'cmon-target'],
  'files-fresh': ['files-dry-run'],
  reach: ['reach-target'],
};

describe('what is unknown is never taken for healthy', () => {
  const hidden = (check: string, edit: (given: Setting) => void, names: RegExp): void => {
    const { outcome, evidence, remedy } = checkOf(planOf(edited('hardened', edit)), check);
    assert.notEqual(outcome, 'passed');
    assert.match(evidence.join('\n'), names);
    assert.notEqual(remedy, '');
  };
  for (const [table, hosts] of [
    [RESTS_ON, ['cc1', 'cc2']],
    [RESTS_ON_TARGET, ['cc2']],
    [{ witness: ['role'] }, ['prom']],
  ] as const) {
    for (const [check, facts] of Object.entries(table) as [string, (keyof HostObservation)[]][]) {
      for (const host of hosts) {
        for (const fact of facts) {
          it(`${check} without ${fact} of ${host}`, () =>
            hidden(
              check,
              (given) => (given.unread[host][fact] = 'not readable'),
              // How the pair is built is one question to both hosts.
              check === 'profile-mismatch' ? /both controllers/ : new RegExp(`${host}.*not readable`),
            ));
        }
      }
    }
  }
  for (const [check, questions] of Object.entries(RESTS_ON_ANSWER)) {
    for (const question of questions) {
      it(`${check} when ${question} was not answered`, () =>
        hidden(
          check,
          ({ answers }) => (answers[question] = { answered: false, reason: 'timed out' }),
          /cc[12]: .*timed out/,
        ));
      it(`${check} when ${question} was never asked`, () =>
        hidden(check, ({ answers }) => delete answers[question], /cc[12]: .*was not asked/));
    }
  }

  it('a controller of which nothing is known blocks the plan', () => {
    for (const host of ['cc1', 'cc2'] as const) {
      const plan = planOf(
        edited('hardened', (given) => {
          for (const fact of Object.keys(given[host])) {
            given.unread[host][fact as keyof HostObservation] = 'no route to host';
          }
        }),
      );
      assert.equal(planReadiness(plan, {}).ready, false);
      assert.equal(checkOf(plan, 'roles-agree').outcome, 'fired');
    }
  });
});
