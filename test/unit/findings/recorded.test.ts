import assert from 'node:assert/strict';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import { roleOf } from '../../../src/core/schemes/replication/state/roles';
import type { SiteObservation } from '../../../src/core/observe/host';
import { exampleSite } from '../observation';
import { recorded } from '../observe/recorded';
import type { Profile } from '../observe/recorded';

function observation(profile: Profile, state: string): SiteObservation {
  const names = ['cc1', 'cc2', 'prom'];
  const hosts = Object.fromEntries(names.map((host) => [host, recorded(profile, state, host)]));
  return { site: 'dc1', atMs: hosts['cc1']?.atMs ?? 0, hosts };
}

/** Always said of hosts of the documented profile. */
const DOCUMENTED = ['read-only-not-persisted', 'snat-unprotected', 'cmon-cron-active', 'durability-relaxed'];

/** What was done to the hosts when they were recorded, and what must be said of it, on both profiles. */
const STATES: Record<string, readonly string[]> = {
  'applier-broken': ['standby-broken'],
  'applier-stopped': ['standby-broken'],
  'cmon-down': ['cmon-down-on-primary'],
  'keepalived-killed': ['keepalived-down'],
  'lsyncd-down': ['lsyncd-down'],
  'mysql-down': ['primary-mysql-down', 'standby-not-replicating', 'unknown'],
  'source-cut-off': ['heartbeat-stale'],
};

describe('findings from recorded hosts', () => {
  for (const profile of ['hardened', 'documented'] as const) {
    const site = exampleSite(`    profile: ${profile}\n`);
    const codes = (state: string) =>
      replicationScheme.findings(site, observation(profile, state)).map(({ code }) => code);

    it(`say what is to be said of a healthy ${profile} pair`, () => {
      const expected = profile === 'documented' ? DOCUMENTED : [];
      assert.deepEqual(new Set(codes('healthy')), new Set(expected));
      const roles = ['cc1', 'cc2'].map((host) => roleOf(site, observation(profile, 'healthy'), host).role);
      assert.deepEqual(roles, ['primary', 'standby']);
    });

    for (const [state, expected] of Object.entries(STATES)) {
      it(`name ${state} on ${profile} hosts`, () => {
        const found = codes(state);
        for (const code of expected)
          assert.ok(found.includes(code), `${code} is not among ${found.join(' ')}`);
      });
    }
  }
});
