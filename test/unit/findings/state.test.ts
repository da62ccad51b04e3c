import assert from 'node:assert/strict';
import { stateFindings } from '../../../src/core/schemes/replication/state/findings';
import { STATE_RULES } from '../../../src/core/schemes/replication/state/table';
import { viewOf } from '../../../src/core/schemes/replication/state/view';
import { documentedHost, exampleSite, goneHost, observed, UUID_1 } from '../observation';
import { observationOf, replicaOf, STATE_CASES as CASES } from './stateCases';
import type { SiteValues } from '../observation';
import type { SiteObservation } from '../../../src/core/observe/host';

const site = exampleSite();
const documented = exampleSite('    profile: documented\n');

function codes(observation: SiteObservation, of = site): string[] {
  return stateFindings(viewOf(of, observation)).map(({ code }) => code);
}

describe('findings from the hosts', () => {
  it('say nothing of a healthy hardened pair', () => {
    assert.deepEqual(codes(observed()), []);
  });

  it('name what is unsafe in a healthy documented pair, and nothing else', () => {
    assert.deepEqual(codes(observed(undefined, { from: documentedHost }), documented), [
      'read-only-not-persisted',
      'snat-unprotected',
    ]);
  });

  for (const { code } of STATE_RULES) {
    it(`${code} fires for its own reason, with the company that belongs to it`, () => {
      const one = CASES[code];
      assert.ok(one !== undefined, `no case for ${code}`);
      const found = codes(observationOf(one), one.documented === true ? documented : site);
      assert.deepEqual(new Set(found), new Set([code, ...(one.also ?? [])]));
    });
  }

  it('says of a witness with the record of another site that it is none', () => {
    const edit = ({ prom }: SiteValues): void => {
      prom.role.record = { epoch: 6, role: 'witness', primary: 'b-cc1' };
    };
    const [found, ...more] = stateFindings(viewOf(site, observed(edit)));
    assert.deepEqual([found?.code, more], ['witness-behind', []]);
    assert.match(found?.message ?? '', /prom is the witness of another site: its record names b-cc1/);
    assert.match(found?.remedy ?? '', /Prometheus host of its own/);
  });

  it('has no case for a code that is none', () => {
    assert.deepEqual(
      Object.keys(CASES).filter((code) => !STATE_RULES.some((rule) => rule.code === code)),
      [],
    );
  });

  it('sees a check that keepalived drops without an error', () => {
    const said =
      'Script /usr/bin/killall cannot be accessed\nDisabling track script check_cmon since not found';
    const edit = ({ cc2 }: SiteValues): void => {
      cc2.keepalived.test = { exitCode: 6, output: said };
    };
    const found = stateFindings(viewOf(documented, observed(edit, { from: documentedHost })));
    const dropped = found.find(({ code }) => code === 'keepalived-check-disabled');
    assert.match(dropped?.message ?? '', /cc2 .*Disabling track script check_cmon/);
  });

  it('calls nothing healthy that was not read: each fact of each host', () => {
    const whole = observed();
    for (const [host, seen] of Object.entries(whole.hosts)) {
      for (const key of Object.keys(seen) as (keyof typeof seen)[]) {
        if (ALLOWED_UNREAD[host]?.includes(key) === true || typeof seen[key] !== 'object') continue;
        const hidden = { ...seen, [key]: goneHost(host)[key] };
        const found = codes({ ...whole, hosts: { ...whole.hosts, [host]: hidden } });
        assert.ok(found.includes('unknown'), `${host}: ${key}`);
      }
    }
  });

  it('does not take for errant what a healthy channel brought between two readings', () => {
    const later = observed(({ cc2 }) => (cc2.mysql.gtidExecuted = `${UUID_1}:1-105`));
    assert.deepEqual(codes(later), []);
    const stopped = observed((hosts) => {
      hosts.cc2.mysql.gtidExecuted = `${UUID_1}:1-105`;
      replicaOf(hosts).ioRunning = 'No';
    });
    assert.ok(codes(stopped).includes('errant-transactions'));
  });

  it('sees a silent stream before its heartbeat is overdue, by what did not arrive', () => {
    const behind = (age: number) => (hosts: SiteValues) => {
      hosts.cc1.mysql.gtidExecuted = `${UUID_1}:1-180`;
      Object.assign(replicaOf(hosts), { heartbeatAgeMs: age, heartbeatIntervalMs: 30_000 });
    };
    assert.deepEqual(codes(observed(behind(8000))), ['heartbeat-stale']);
    assert.deepEqual(codes(observed(behind(200))), []);
  });

  it('tells a cut-off source from a dead one by what the replica hears', () => {
    const hears = observed(undefined, { gone: ['cc1'] });
    const deaf = observed((hosts) => (replicaOf(hosts).ioRunning = 'Connecting'), { gone: ['cc1'] });
    assert.ok(codes(hears).includes('primary-unreachable-but-replicating'));
    assert.ok(!codes(hears).includes('primary-dead'));
    assert.ok(codes(deaf).includes('primary-dead'));
  });
});

/** Facts that say nothing of a host's health: they serve plans and pictures, or belong to the other kind of host. */
const ALLOWED_UNREAD: Record<string, readonly string[]> = {
  cc1: ['bootId', 'uptimeSeconds', 'privileged', 'missingPrograms', 'configDigests', 'prometheusReady'],
  cc2: [
    'bootId',
    'uptimeSeconds',
    'privileged',
    'missingPrograms',
    'configDigests',
    'prometheusReady',
    'cmonPing',
  ],
  prom: [
    ...[
      'bootId',
      'uptimeSeconds',
      'privileged',
      'missingPrograms',
      'configDigests',
      'mysql',
      'cmonPing',
      'units',
    ],
    ...['addresses', 'snat', 'cmonProcesses', 'cmonCron', 'keepalived', 'lsyncd'],
  ],
};
