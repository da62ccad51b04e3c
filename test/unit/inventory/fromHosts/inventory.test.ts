import assert from 'node:assert/strict';
import { readAskedHost } from '../../../../src/core/inventory/fromHosts/asked';
import { parseInventory } from '../../../../src/core/inventory/parse';
import { unknown } from '../../../../src/core/observe/fact';
import type { HostObservation } from '../../../../src/core/observe/host';
import { unreachableHost } from '../../../../src/core/observe/unreachable';
import { inventoryFromHosts } from '../../../../src/core/schemes/replication/fromHosts/inventory';
import { probesToRead, siteToRead } from '../../../../src/core/schemes/replication/fromHosts/siteToRead';
import { recorded, value, type Profile } from '../../observe/recorded';

const ASKED = {
  controllers: [
    { name: 'cc1', address: '192.168.73.201' },
    { name: 'cc2', address: '192.168.73.202' },
  ],
  prometheus: { name: 'prom', address: '192.168.73.209' },
} as const;

type Hosts = Readonly<Record<string, HostObservation>>;

function hostsOf(profile: Profile, state = 'healthy'): Hosts {
  return Object.fromEntries(['cc1', 'cc2', 'prom'].map((host) => [host, recorded(profile, state, host)]));
}

/** The draft, and what the inventory's reader says of it. */
function read(hosts: Hosts, asked: Parameters<typeof inventoryFromHosts>[0] = ASKED) {
  const draft = inventoryFromHosts(asked, { site: '', atMs: 0, hosts });
  const { sites, findings } = parseInventory('clustercontrol.yaml', draft.text);
  const errors = findings.filter(({ severity }) => severity === 'error');
  return { ...draft, site: sites[0], errors, codes: errors.map(({ code }) => code) };
}

/** keepalived.conf of one host changed, as another site would have it. */
function withConfig(host: HostObservation, change: (config: string) => string): HostObservation {
  const { keepalived } = host;
  const config = change(value(keepalived).config ?? '');
  return {
    ...host,
    keepalived: { ...keepalived, known: true, value: { ...value(keepalived), config } } as never,
  };
}

describe('an inventory read from two hosts', () => {
  it('is that of the documented pair', () => {
    const { site, errors, open } = read(hostsOf('documented'));
    assert.deepEqual(errors, []);
    assert.equal(open, 0);
    assert.equal(site?.profile, 'documented');
    assert.equal(site.vip, '192.168.73.200');
    assert.deepEqual(
      site.controllers.map(({ name, address, priority, serverId, os, interface: nic }) => [
        name,
        address,
        priority,
        serverId,
        os,
        nic,
      ]),
      [
        ['cc1', '192.168.73.201', 105, 1, 'debian', 'eth0'],
        ['cc2', '192.168.73.202', 100, 2, 'debian', 'eth0'],
      ],
    );
    assert.equal(site.keepalived.virtualRouterId, 51);
    assert.equal(site.keepalived.vrrpVersion, 2);
    assert.equal(site.keepalived.advertIntervalSeconds, 1);
  });

  it('is that of the hardened pair, and as short as an inventory can be', () => {
    const { site, errors, open, text } = read(hostsOf('hardened'));
    assert.deepEqual(errors, []);
    assert.equal(open, 0);
    assert.equal(site?.profile, 'hardened');
    assert.equal(site.vip, '192.168.73.200');
    assert.equal(site.keepalived.vrrpVersion, 3);
    assert.equal(site.keepalived.advertIntervalSeconds, 0.2);
    assert.doesNotMatch(text, /priority|serverId|interface:|virtualRouterId|network:/);
  });

  it('says what differs from the defaults', () => {
    const hosts = hostsOf('documented');
    const changed = (name: string) =>
      withConfig(recorded('documented', 'healthy', name), (config) =>
        config
          .replace('virtual_router_id 51', 'virtual_router_id 77')
          .replace('interface eth0', 'interface ens18')
          .replace('advert_int 1', 'advert_int 2\nunicast_peer {\n 192.168.73.1\n}')
          .replace('priority 105', '')
          .replace('192.168.73.200', '192.168.73.222/24 dev ens18'),
      );
    const { site, errors, text } = read({ ...hosts, cc1: changed('cc1'), cc2: changed('cc2') });
    assert.deepEqual(
      errors.map(({ message }) => message),
      [],
    );
    assert.equal(site?.vip, '192.168.73.222');
    assert.deepEqual(
      site.controllers.map((one) => [one.interface, one.priority]),
      [
        ['ens18', 100],
        ['ens18', 100],
      ],
    );
    assert.equal(site.keepalived.virtualRouterId, 77);
    assert.equal(site.keepalived.advertIntervalSeconds, 2);
    assert.equal(site.keepalived.unicast, true);
    assert.match(text, /# keepalived.conf names no priority/);
  });

  it('leaves open what the hosts do not agree on, or have several of', () => {
    const hosts = hostsOf('documented');
    const { cc2 } = hosts;
    assert.ok(cc2);
    const other = withConfig(cc2, (config) =>
      config
        .replace('virtual_router_id 51', 'virtual_router_id 52')
        .replace('192.168.73.200', '192.168.73.199'),
    );
    const differing = read({ ...hosts, cc2: other });
    assert.equal(differing.site, undefined);
    assert.equal(differing.open, 2);
    assert.match(
      differing.text,
      /# TODO the virtual IP differs: cc1 has 192.168.73.200, cc2 has 192.168.73.199\n +vip:\n/,
    );
    assert.match(differing.text, /# TODO the virtual router id differs: .*\n +virtualRouterId:\n/);
    const two = (name: 'cc1' | 'cc2') =>
      withConfig(recorded('documented', 'healthy', name), (config) =>
        config.replace('192.168.73.200', '192.168.73.200\n192.168.73.199'),
      );
    assert.match(read({ ...hosts, cc1: two('cc1'), cc2: two('cc2') }).text, /it has several: .*\n +vip:\n/);
    // The one that both have is it.
    assert.equal(read({ ...hosts, cc2: two('cc2') }).site?.vip, '192.168.73.200');
  });

  it('says so where one host alone tells, and guesses nothing of the other', () => {
    const hosts = { ...hostsOf('documented'), cc2: unreachableHost('cc2', 'no route\nto: host', 0) };
    const { site, text, codes } = read(hosts);
    assert.equal(site, undefined);
    assert.match(
      text,
      /# Assumed: the virtual IP is as cc1 has it; cc2: no route to: host\n +vip: 192.168.73.200/,
    );
    assert.match(
      text,
      /cc2:\n +address: 192.168.73.202\n +# TODO VRRP priority: no route to: host\n +priority:\n/,
    );
    assert.ok(codes.length >= 4, codes.join());
  });

  it('has an error for each value that nobody could tell', () => {
    const hosts = Object.fromEntries(
      ['cc1', 'cc2', 'prom'].map((name) => [name, unreachableHost(name, 'refused', 0)]),
    );
    const { site, text, errors } = read(hosts);
    assert.equal(site, undefined);
    const empty = [
      ...text.matchAll(
        /^ +(profile|vip|serverId|os|interface|virtualRouterId|vrrpVersion|advertInterval|unicast):$/gm,
      ),
    ];
    assert.equal(empty.length, 12);
    assert.ok(errors.length >= empty.length, errors.map(({ message }) => message).join('\n'));
  });

  it('keeps MySQL open where only it is down', () => {
    const { text } = read(hostsOf('hardened', 'mysql-down'));
    assert.match(text, /cc1:\n +address: 192.168.73.201\n +# TODO MySQL server_id: .*\n +serverId:\n/);
  });

  it('is not broken by names that YAML reads otherwise, nor by what a host answers', () => {
    const hosts = hostsOf('hardened');
    const { cc1, cc2, prom } = hosts;
    assert.ok(cc1 && cc2 && prom);
    const asked = {
      ...ASKED,
      controllers: [
        { name: 'null', address: '192.168.73.201' },
        { name: '1e5', address: '192.168.73.202' },
      ],
    } as const;
    const hostile = { ...cc1, mysql: unknown('a\u2028b\r\n  vip: 1.2.3.4\n\u0000: [', 0, 'mysql') };
    const { text, errors } = read({ null: hostile, '1e5': cc2, prom }, asked);
    // The server id that could not be read is all that is missing.
    assert.equal(errors.length, 1, errors.map(({ message }) => message).join('\n'));
    assert.match(text, /"null":\n/);
    assert.match(text, /"1e5":\n/);
    assert.doesNotMatch(text, /^\s*vip: 1\.2\.3\.4/m);
  });

  it('takes the login of file sync for the site, and leaves it open where the two differ', () => {
    const hosts = hostsOf('documented');
    const loggingIn = (name: string, login: string): HostObservation => {
      const host = recorded('documented', 'healthy', name);
      return {
        ...host,
        lsyncd: { ...host.lsyncd, known: true, value: { ...value(host.lsyncd), login } } as never,
      };
    };
    const alike = { ...hosts, cc1: loggingIn('cc1', 'cloud-user'), cc2: loggingIn('cc2', 'cloud-user') };
    const { site, text } = read(alike);
    assert.deepEqual(
      site?.hosts.map(({ ssh }) => ssh.user),
      ['cloud-user', 'cloud-user', 'cloud-user'],
    );
    assert.match(text, /# Assumed: you log in as cloud-user/);
    assert.ok(site.sync.directories.includes('/home/cloud-user/.s9s/'));
    const differing = read({ ...alike, cc2: loggingIn('cc2', 'other') });
    assert.equal(differing.open, 1);
    assert.doesNotMatch(differing.text, /^ *ssh:/m);
    for (const harmless of ['root', '$(x)', "a'b"]) {
      assert.doesNotMatch(read({ ...hosts, cc1: loggingIn('cc1', harmless) }).text, /^ *ssh:/m, harmless);
    }
  });

  it('is asked of both distributions, by a name that no site can have', () => {
    const site = siteToRead(ASKED, 'debian');
    assert.doesNotMatch(site.name, /^[A-Za-z0-9]/);
    const [probe] = probesToRead(site);
    assert.ok(probe?.units.includes('mysql') && probe.units.includes('mysqld'));
    assert.deepEqual(
      site.hosts.map(({ ssh }) => ssh.user),
      [undefined, undefined, undefined],
    );
  });

  it('takes a name and an address, nothing else', () => {
    assert.deepEqual(readAskedHost(' cc1  192.168.73.201 '), ASKED.controllers[0]);
    for (const text of [
      '',
      'cc1',
      '192.168.73.201',
      'cc1 192.168.73',
      '$(x) 10.0.0.1',
      'cc1 10.0.0.1 root',
    ]) {
      assert.equal(readAskedHost(text), undefined, text);
    }
  });
});
