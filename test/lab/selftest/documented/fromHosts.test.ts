import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathsOf } from '../../../../src/core/schemes/replication/paths';
import { Lab } from '../../lab';
import { REPOSITORY } from '../../places';
import { readPair } from '../../rendering/fromHosts';
import { ADDRESS, CONTROLLERS, HOSTS, VIP, type ControllerName } from '../../site';

const PATHS = pathsOf('debian');

/** The documentation's own text of one file. */
function quoted(file: string): string {
  return readFileSync(join(REPOSITORY, 'test/golden/documentation', `debian-${file}`), 'utf8');
}

describe('an inventory read from a running documented pair', () => {
  const lab = Lab.current();

  it('has no error, leaves nothing open, and renders what the hosts have', async () => {
    const { text, open, site, findings, drift } = await readPair(lab);
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
      text,
    );
    assert.equal(open, 0, text);
    assert.equal(site.profile, 'documented');
    assert.equal(site.vip, VIP);
    assert.deepEqual(
      site.controllers.map((one) => [one.address, one.interface, one.priority, one.serverId, one.os]),
      [
        [ADDRESS.cc1, 'eth0', 105, 1, 'debian'],
        [ADDRESS.cc2, 'eth0', 100, 2, 'debian'],
      ],
    );
    const { virtualRouterId, vrrpVersion, advertIntervalSeconds, unicast } = site.keepalived;
    assert.deepEqual([virtualRouterId, vrrpVersion, advertIntervalSeconds, unicast], [51, 2, 1, false]);
    assert.equal(site.mysql.tls, false);
    assert.deepEqual(drift, [], text);
  });

  // Nobody reads the files again: what runs keeps running, and every file comes back.
  it('of a pair that was set up by hand, by the documentation alone, differs in remarks and places', async () => {
    const kept = '/root/kept.tar';
    const files = [
      PATHS.keepalived,
      PATHS.notifyScript,
      PATHS.lsyncd,
      PATHS.mysql,
      PATHS.sysctl,
      '/etc/hosts',
    ];
    for (const host of CONTROLLERS) await lab.mustConsole(host, `tar -cpPf ${kept} ${files.join(' ')}`);
    await lab.mustConsole('prom', `tar -cpPf ${kept} /etc/hosts`);
    try {
      for (const host of CONTROLLERS) await byHand(host);
      for (const host of HOSTS) await lab.mustConsole(host, `sed -i '/ClusterControl HA/d' /etc/hosts`);
      const { open, findings, drift, text } = await readPair(lab);
      assert.equal(open, 0, text);
      assert.deepEqual(
        findings.filter(({ severity }) => severity === 'error'),
        [],
      );
      // In keepalived.conf and lsyncd's file remarks behind a value (test/golden holds what they mean equal). The rest:
      // docs/rendering.md, "A pair that was set up by hand".
      assert.deepEqual(
        drift.toSorted(),
        CONTROLLERS.flatMap((host) => [
          `${host}:/etc/hosts differs`,
          `${host}:${PATHS.keepalived} differs`,
          `${host}:${PATHS.lsyncd} differs`,
          `${host}:${PATHS.mysql} missing`,
          `${host}:${PATHS.notifyScript} remarks`,
          `${host}:${PATHS.sysctl} missing`,
        ])
          .concat('prom:/etc/hosts differs')
          .toSorted(),
      );
    } finally {
      for (const host of HOSTS) await lab.mustConsole(host, `tar -xpPf ${kept} && rm ${kept}`);
    }
    assert.deepEqual((await readPair(lab)).drift, []);
  });

  async function byHand(host: ControllerName): Promise<void> {
    await lab.put(host, PATHS.keepalived, quoted(`${host}-keepalived.conf`), 0o644);
    await lab.put(host, PATHS.notifyScript, quoted('manage_snat.sh'), 0o755);
    await lab.put(host, PATHS.lsyncd, quoted(`${host}-lsyncd.lua`), 0o644);
    // They stand in /etc/mysql/my.cnf and /etc/sysctl.conf there.
    await lab.mustConsole(host, `rm ${PATHS.mysql} ${PATHS.sysctl}`);
  }
});
