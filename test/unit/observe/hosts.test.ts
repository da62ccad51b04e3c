import assert from 'node:assert/strict';
import { recorded, recording, value, type Profile } from './recorded';
import { hostFacts } from '../../../src/core/observe/hostFacts';
import { readProbeDocument } from '../../../src/core/observe/probeDocument';
import { unknown } from '../../../src/core/observe/fact';
import type { HostObservation } from '../../../src/core/observe/host';

const VIP = '192.168.73.200';
const holdsVip = (host: HostObservation) => value(host.addresses).some(({ address }) => address === VIP);
const witnessOnly = ['prometheusReady'];

for (const profile of ['hardened', 'documented'] as Profile[]) {
  describe(`facts of recorded ${profile} hosts`, () => {
    it('healthy: every fact of a controller is known', () => {
      for (const name of ['cc1', 'cc2']) {
        const host = recorded(profile, 'healthy', name);
        const missing = Object.entries(host).filter(
          ([key, fact]) => typeof fact === 'object' && !fact.known && !witnessOnly.includes(key),
        );
        assert.deepEqual(missing, [], name);
        assert.deepEqual(value(host.missingPrograms), []);
        assert.ok(Math.abs(value(host.resources).clockSkewMs) < 200);
        assert.ok(
          value(host.resources).filesystems.every(
            ({ freeBytes, freeInodes }) => freeBytes > 0 && freeInodes > 0,
          ),
        );
      }
    });

    it('healthy: one holder of the VIP, with SNAT, cmon, lsyncd and a writable MySQL', () => {
      const [cc1, cc2] = [recorded(profile, 'healthy', 'cc1'), recorded(profile, 'healthy', 'cc2')];
      assert.deepEqual([holdsVip(cc1), holdsVip(cc2)], [true, false]);
      assert.deepEqual(
        [cc1, cc2].map((host) => value(host.snat).toVip.length),
        [1, 0],
      );
      assert.equal(value(cc1.snat).hardened, profile === 'hardened');
      assert.deepEqual(
        [cc1, cc2].map((host) => value(host.cmonProcesses)),
        [1, 0],
      );
      assert.equal(value(cc1.cmonPing), true);
      assert.deepEqual(
        [cc1, cc2].map((host) => value(host.lsyncd).running),
        [true, false],
      );
      assert.deepEqual(value(cc1.lsyncd).targets, ['cc2']);
      assert.ok((value(cc1.lsyncd).delays ?? -1) >= 0);
      assert.ok(Math.abs((value(cc1.lsyncd).reportedAtMs ?? 0) - cc1.atMs) < 3600_000);
      assert.deepEqual(
        [cc1, cc2].map((host) => value(host.mysql).readOnly),
        [false, true],
      );
      assert.equal(value(cc1.units)['cmon']?.active, 'active');
      assert.equal(value(cc2.units)['cmon']?.active, 'inactive');
      assert.equal(value(cc1.keepalived).state, 'MASTER');
      assert.equal(value(cc1.keepalived).follows, profile === 'hardened' ? 'role-flag' : 'process-check');
      assert.match(value(cc1.keepalived).version ?? '', /^2\.\d/);
    });

    it('healthy: the replica of cc1, fresh', () => {
      const primary = value(recorded(profile, 'healthy', 'cc1').mysql);
      const standby = value(recorded(profile, 'healthy', 'cc2').mysql);
      assert.equal(primary.replica, undefined);
      assert.equal(standby.replica?.sourceHost, 'cc1');
      assert.equal(standby.replica?.sourceUuid, primary.serverUuid);
      assert.deepEqual([standby.replica?.ioRunning, standby.replica?.sqlRunning], ['Yes', 'Yes']);
      assert.equal(standby.replica?.autoPosition, true);
      assert.ok((standby.replica?.secondsBehindSource ?? 99) < 5);
      assert.ok((standby.replica?.heartbeatAgeMs ?? Infinity) < 2000);
      assert.ok((standby.replica?.heartbeatIntervalMs ?? 0) > 0);
      assert.deepEqual([standby.replica?.workerErrors, standby.replica?.filters], [[], []]);
      assert.deepEqual(
        [primary.gtidMode, primary.enforceGtidConsistency, primary.logBin],
        ['ON', 'ON', true],
      );
      assert.deepEqual([primary.serverId, standby.serverId], [1, 2]);
      assert.ok(
        primary.users.some(({ user, plugin }) => user === 'repl' && plugin === 'caching_sha2_password'),
      );
      assert.equal(primary.clonePlugin, true);
    });

    it('source cut off: the status lies, the age of the last event tells', () => {
      const { replica } = value(recorded(profile, 'source-cut-off', 'cc2').mysql);
      assert.deepEqual(
        [replica?.ioRunning, replica?.sqlRunning, replica?.secondsBehindSource],
        ['Yes', 'Yes', 0],
      );
      assert.ok((replica?.heartbeatAgeMs ?? 0) > 7000);
    });

    it('applier stopped: not running, no error, behind unknown', () => {
      const { replica } = value(recorded(profile, 'applier-stopped', 'cc2').mysql);
      assert.deepEqual([replica?.ioRunning, replica?.sqlRunning], ['Yes', 'No']);
      assert.equal(replica?.secondsBehindSource, null);
      assert.deepEqual(replica?.workerErrors, []);
    });

    it('applier broken: the error by number, and what was received and not applied', () => {
      const { replica } = value(recorded(profile, 'applier-broken', 'cc2').mysql);
      assert.equal(replica?.sqlRunning, 'No');
      assert.match(replica?.workerErrors.join('\n') ?? '', /1062/);
      assert.match(replica?.unapplied ?? '', /^[0-9a-f-]{36}:\d+/);
    });

    it('mysqld down: MySQL unknown with its reason, all else as known as before', () => {
      const host = recorded(profile, 'mysql-down', 'cc1');
      assert.equal(host.mysql.known, false);
      assert.match(host.mysql.known ? '' : host.mysql.reason, /2002/);
      assert.notEqual(value(host.units)['mysql']?.active, 'active');
      assert.equal(value(recorded(profile, 'mysql-down', 'cc2').mysql).replica?.ioRunning, 'Connecting');
      assert.equal(value(host.addresses).length > 0, true);
    });

    it('lsyncd down: not running, the targets and the last report stay known', () => {
      const { running, targets, reportedAtMs } = value(recorded(profile, 'lsyncd-down', 'cc1').lsyncd);
      assert.deepEqual([running, targets], [false, ['cc2']]);
      assert.ok(reportedAtMs !== undefined);
    });

    it('cmon down: no process, no ping, but cron would start it', () => {
      const host = recorded(profile, 'cmon-down', 'cc1');
      assert.equal(value(host.cmonProcesses), 0);
      assert.equal(value(host.cmonPing), false);
      assert.ok(value(host.cmonCron).some((line) => line.startsWith('/etc/cron.d/cmon:')));
    });

    it('keepalived killed: not running, and no state from an old dump', () => {
      const host = recorded(profile, 'keepalived-killed', 'cc1');
      assert.equal(value(host.keepalived).running, false);
      assert.equal(value(host.keepalived).state, undefined);
    });

    it('the witness is asked for its own facts only', () => {
      const host = recorded(profile, 'healthy', 'prom');
      assert.equal(value(host.prometheusReady), true);
      assert.equal(host.mysql.known, false);
      assert.match(host.mysql.known ? '' : host.mysql.reason, /no controller/);
    });

    it('no recording holds a secret of keepalived', () => {
      const text = JSON.stringify(recording(profile, 'healthy', 'cc1'));
      assert.doesNotMatch(text, /auth_pass\s+(?!\(hidden\))/);
      assert.doesNotMatch(text, /auth_data\\?":\\?"(?!\(hidden\))/);
    });
  });
}

describe('roles of recorded hosts', () => {
  it('hardened: record, flag and guard of each', () => {
    const [cc1, cc2, prom] = ['cc1', 'cc2', 'prom'].map((name) =>
      value(recorded('hardened', 'healthy', name).role),
    );
    assert.deepEqual(cc1?.record, { epoch: 1, role: 'primary', primary: 'cc1' });
    assert.equal(cc1?.activeEpoch, 1);
    assert.equal(cc1?.guard?.active, 'active');
    assert.deepEqual(cc2?.record, { epoch: 1, role: 'standby', primary: 'cc1' });
    assert.equal(cc2?.activeEpoch, undefined);
    assert.deepEqual(prom?.record, { epoch: 1, role: 'witness', primary: 'cc1' });
  });

  it('documented: no helper, nothing of it', () => {
    const role = value(recorded('documented', 'healthy', 'cc1').role);
    assert.deepEqual([role.helperVersion, role.record, role.guard], [undefined, undefined, undefined]);
  });

  it('documented: SNAT stays where keepalived was killed', () => {
    const host = recorded('documented', 'keepalived-killed', 'cc1');
    assert.equal(value(host.snat).toVip.length, 1);
  });
});

describe('what a probe could not tell', () => {
  const { probed, timing, document } = recording('hardened', 'healthy', 'cc1');
  const facts = (change: (parts: Record<string, { text: string; exit: number }>) => void) => {
    const copy = structuredClone(document) as { parts: Record<string, { text: string; exit: number }> };
    change(copy.parts);
    const parts = readProbeDocument('cc1', JSON.stringify(copy));
    return hostFacts(probed, parts, timing, unknown('not asked', 0, 'mysql'));
  };
  const unknowns = (host: HostObservation) =>
    Object.entries(host)
      .filter(
        ([key, fact]) =>
          typeof fact === 'object' && !fact.known && key !== 'mysql' && key !== 'prometheusReady',
      )
      .map(([key]) => key);

  it('iptables missing: only SNAT is unknown', () => {
    const host = facts((parts) => (parts['snat'] = { exit: 127, text: 'iptables: not found' }));
    assert.deepEqual(unknowns(host), ['snat']);
    assert.match(host.snat.known ? '' : host.snat.reason, /iptables: not found/);
  });

  it('no root: the reason says so, and a hidden configuration is not "none"', () => {
    const host = facts((parts) => {
      parts['user'] = { exit: 0, text: '1000' };
      parts['snat'] = { exit: 4, text: 'Permission denied (you must be root)' };
      parts['keepalived-config'] = { exit: 4, text: "sed: can't read keepalived.conf: Permission denied" };
    });
    assert.equal(value(host.privileged), false);
    assert.deepEqual(unknowns(host), ['snat', 'keepalived']);
    assert.match(host.snat.known ? '' : host.snat.reason, /without root/);
  });

  it('a part that is not there is unknown, never empty', () => {
    const host = facts((parts) => {
      delete parts['addresses'];
      delete parts['processes'];
    });
    assert.deepEqual(unknowns(host), ['addresses', 'cmonProcesses', 'lsyncd']);
  });

  it('s9s not installed: the ping is unknown; an answer that is not Ok is false', () => {
    assert.equal(
      facts((parts) => (parts['ping'] = { exit: 127, text: 's9s: not found' })).cmonPing.known,
      false,
    );
    const redirected = facts((parts) => (parts['ping'] = { exit: 0, text: 'PING Redirect   4 ms' }));
    assert.equal(value(redirected.cmonPing), false);
  });

  it('systemctl missing: what rests on units is unknown too', () => {
    const host = facts((parts) => (parts['units'] = { exit: 1, text: 'Failed to connect to bus' }));
    assert.deepEqual(unknowns(host), ['units', 'keepalived', 'role']);
  });

  it('a helper of which the answer can not be read leaves the role unknown', () => {
    const host = facts((parts) => (parts['helper'] = { exit: 1, text: 'clustercontrol-ha: no state' }));
    assert.deepEqual(unknowns(host), ['role']);
  });

  it('another format is refused', () => {
    assert.throws(() => readProbeDocument('cc1', '{"version":2,"parts":{}}'), { code: 'format-unknown' });
    assert.throws(() => readProbeDocument('cc1', 'Welcome to cc1!'), { code: 'format-unknown' });
  });
});
