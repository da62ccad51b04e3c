import assert from 'node:assert/strict';
import { instanceOf, vrrpInstances } from '../../../src/core/keepalived/config';
import { keepalivedConf } from '../../../src/core/schemes/replication/files/keepalived';
import { exampleSite } from '../observation';
import { recorded, value, type Profile } from '../observe/recorded';

const VIP = '192.168.73.200';

const configOf = (profile: Profile, host: string): string =>
  value(recorded(profile, 'healthy', host).keepalived).config ?? '';

describe('keepalived.conf', () => {
  for (const host of ['cc1', 'cc2']) {
    it(`of a recorded hardened ${host}`, () => {
      assert.deepEqual(instanceOf(configOf('hardened', host), VIP), {
        name: 'VI_1',
        virtualRouterId: 51,
        priority: 240,
        version: 3,
        advertIntervalSeconds: 0.2,
        nopreempt: true,
        interface: 'eth0',
        addresses: [VIP],
        trackFiles: ['cc_role'],
        trackScripts: [],
        notify: '/etc/keepalived/manage_snat.sh',
      });
    });

    it(`of a recorded documented ${host}`, () => {
      const found = instanceOf(configOf('documented', host), VIP);
      assert.equal(found?.priority, host === 'cc1' ? 105 : 100);
      assert.deepEqual([found?.version, found?.advertIntervalSeconds, found?.nopreempt], [2, 1, true]);
      assert.equal(found?.trackScripts.length, 1);
      assert.deepEqual(found?.trackFiles, []);
    });
  }

  for (const profile of ['hardened', 'documented'] as const) {
    it(`as it is rendered for ${profile} hosts is read as what the inventory says`, () => {
      const site = exampleSite(`    profile: ${profile}\n`);
      for (const controller of site.controllers) {
        const found = instanceOf(keepalivedConf(site, controller), site.vip);
        assert.equal(found?.virtualRouterId, site.keepalived.virtualRouterId);
        assert.equal(found?.advertIntervalSeconds, site.keepalived.advertIntervalSeconds);
        assert.equal(found?.interface, controller.interface);
      }
    });
  }

  it('several instances, comments, quotes, words on one line, and what is left open', () => {
    const text = `
      global_defs { vrrp_version 3 }
      ! vrrp_instance OLD { virtual_ipaddress { 10.0.0.1 } }
      vrrp_instance "A" { priority 10 # 20
        virtual_ipaddress {
          10.0.0.1/24 dev eth1
          10.0.0.2
        }
      }
      vrrp_instance B
      {
        virtual_router_id 7
        version 2
        virtual_ipaddress { 10.0.0.3 }`;
    const [a, b, ...others] = vrrpInstances(text);
    assert.deepEqual(
      [a?.name, a?.priority, a?.version, a?.addresses],
      ['A', 10, 3, ['10.0.0.1', '10.0.0.2']],
    );
    assert.deepEqual([b?.name, b?.virtualRouterId, b?.version, b?.addresses], ['B', 7, 2, ['10.0.0.3']]);
    assert.deepEqual(others, []);
    assert.equal(instanceOf(text, '10.0.0.2')?.name, 'A');
    assert.equal(instanceOf(text, '10.0.0.9'), undefined);
  });

  it('what is no configuration has no instance', () => {
    for (const text of ['', '}', '{{{', 'vrrp_instance', '\u0000}\n{']) {
      assert.deepEqual(
        vrrpInstances(text).filter(({ addresses }) => addresses.length > 0),
        [],
      );
    }
  });
});
