import assert from 'node:assert/strict';
import { untilHealthy } from '../hardened/look';
import { Lab } from '../lab';
import { readPair } from '../rendering/fromHosts';
import { ADDRESS, VIP } from '../site';

describe('an inventory read from a running hardened pair', () => {
  const lab = Lab.current();

  before(() => untilHealthy(lab, 'cc1'));

  it('has no error, leaves nothing open, and renders what the hosts have', async () => {
    const { text, open, site, findings, drift } = await readPair(lab);
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
      text,
    );
    assert.equal(open, 0, text);
    assert.equal(site.profile, 'hardened');
    assert.equal(site.vip, VIP);
    assert.deepEqual(
      site.controllers.map((one) => [one.name, one.address, one.interface, one.serverId, one.os]),
      [
        ['cc1', ADDRESS.cc1, 'eth0', 1, 'debian'],
        ['cc2', ADDRESS.cc2, 'eth0', 2, 'debian'],
      ],
    );
    const { virtualRouterId, vrrpVersion, advertIntervalSeconds, unicast } = site.keepalived;
    assert.deepEqual([virtualRouterId, vrrpVersion, advertIntervalSeconds, unicast], [51, 3, 0.2, false]);
    assert.equal(site.mysql.tls, true);
    assert.equal(site.services.length, 6);
    assert.deepEqual(drift, [], text);
  });

  it('tells apart what hosts and inventory do not share', async () => {
    const settings = '/etc/default/clustercontrol-ha';
    await lab.mustConsole('cc2', `cp -p ${settings} /root/kept && sed -i s/=15/=20/ ${settings}`);
    try {
      const { drift } = await readPair(lab);
      assert.deepEqual(drift, [`cc2:${settings} differs`]);
    } finally {
      await lab.mustConsole('cc2', `mv /root/kept ${settings}`);
    }
  });
});
