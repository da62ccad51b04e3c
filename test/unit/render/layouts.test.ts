import assert from 'node:assert/strict';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import { siteOf } from '../../golden/sites';

// Every row of what is rendered, for both profiles, both layouts, root and a user with sudo.

const ANY_ASSET = new Proxy<Record<string, string>>({}, { get: (_, name) => `(${String(name)})\n` });
const UNITS = ['cmon', 'cmon-cloud', 'cmon-ssh', 'cmon-events', 'cmon-proxy', 'kuber-proxy'];
const dropIn = (unit: string) => `/etc/systemd/system/${unit}.service.d/clustercontrol-ha.conf`;

const BOTH = [
  '/etc/keepalived/keepalived.conf',
  '/etc/keepalived/manage_snat.sh',
  '/etc/sysctl.d/90-clustercontrol-ha.conf',
  '/etc/hosts',
  '/etc/cmon.cnf',
  '/etc/default/cmon',
];
const LAYOUT = {
  debian: ['/etc/mysql/mysql.conf.d/zz-clustercontrol-ha.cnf', '/etc/lsyncd/lsyncd.conf.lua'],
  rhel: ['/etc/my.cnf.d/zz-clustercontrol-ha.cnf', '/etc/lsyncd.conf'],
} as const;
const HARDENED = [
  '/etc/default/clustercontrol-ha',
  '/usr/local/sbin/clustercontrol-ha',
  '/etc/tmpfiles.d/clustercontrol-ha.conf',
  '/etc/systemd/system/clustercontrol-ha-guard.service',
  '/etc/clustercontrol-ha/firewall.nft',
  '/etc/clustercontrol-ha/firewall.rules',
  ...[...UNITS, 'lsyncd', 'keepalived'].map(dropIn),
];
const HARDENED_LAYOUT = {
  debian: ['/etc/systemd/system/lsyncd.service', '/etc/ufw/applications.d/clustercontrol-ha'],
  rhel: ['/etc/clustercontrol-ha/selinux.cil', '/etc/firewalld/services/clustercontrol-ha.xml'],
} as const;

for (const profile of ['documented', 'hardened'] as const) {
  for (const os of ['debian', 'rhel'] as const) {
    for (const user of ['root', 'cloud-user'] as const) {
      describe(`${profile}, ${os}, as ${user}`, () => {
        const site = siteOf(`    profile: ${profile}\n    os: ${os}\n    ssh: { user: ${user} }\n`);
        const files = replicationScheme.files(site, ANY_ASSET);
        const of = (host: string) => files.filter((file) => file.host === host);
        const lsyncd = (host: string) => of(host).find(({ path }) => path === LAYOUT[os][1])?.content ?? '';

        it('has every file on both controllers, and no other', () => {
          const more = profile === 'hardened' ? [...HARDENED, ...HARDENED_LAYOUT[os]] : [];
          const expected = [...BOTH, ...LAYOUT[os], ...more].toSorted();
          for (const host of ['cc1', 'cc2'])
            assert.deepEqual(
              of(host)
                .map(({ path }) => path)
                .toSorted(),
              expected,
              host,
            );
        });

        it('has on the Prometheus host its names, and the helper where it is the witness', () => {
          assert.deepEqual(
            of('prom').map(({ path }) => path),
            ['/etc/hosts', ...(profile === 'hardened' ? HARDENED.slice(0, 3) : [])],
          );
        });

        it('brings over the .s9s of who logs in, and of root in the hardened profile', () => {
          const own = user === 'root' ? '/root/.s9s/' : '/home/cloud-user/.s9s/';
          const wanted = profile === 'hardened' && user !== 'root' ? ['/root/.s9s/', own] : [own];
          const found = [...lsyncd('cc1').matchAll(/"(\/(?:root|home)\/[^"]*)"/g)].map((match) => match[1]);
          assert.deepEqual(found, wanted);
        });

        it('logs in as that user at the other controller, and writes there as root', () => {
          for (const [host, other] of [
            ['cc1', 'cc2'],
            ['cc2', 'cc1'],
          ] as const) {
            const login = user === 'root' ? other : `${user}@${other}`;
            const text = lsyncd(host);
            const targets = [...text.matchAll(/target = "([^":]*):/g)].map((match) => match[1]);
            assert.deepEqual(targets, [login, login]);
            const sudo = text.match(/rsync_path = "sudo rsync"/g) ?? [];
            assert.equal(sudo.length, user === 'root' ? 0 : targets.length);
          }
        });

        it("syncs the true s9s.conf, where the documentation's name is a slip of the pen", () => {
          const name = profile === 'hardened' ? '/s9s.conf' : '/s9s.cnf';
          assert.ok(lsyncd('cc1').includes(`"--include=${name}"`));
        });
      });
    }
  }
}
