import { parseInventory } from '../../src/core/inventory/parse';
import type { ReplicationSite } from '../../src/core/schemes/replication/site';

/** A site of the documentation's addresses, with more keys. @throws Error when it is not usable. */
export function siteOf(more: string): ReplicationSite {
  const text = `version: 1
sites:
  dc1:
    scheme: replication
    vip: 192.168.73.200
    controllers:
      cc1: { address: 192.168.73.201, priority: 105 }
      cc2: { address: 192.168.73.202, priority: 100 }
    prometheus: { name: prom, address: 192.168.73.209 }
${more}`;
  const { sites, findings } = parseInventory('clustercontrol.yaml', text);
  const [site] = sites;
  if (site === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return site;
}

export const SITES = {
  'hardened-debian': '',
  'hardened-rhel-sudo': `    os: rhel
    ssh: { user: cloud-user, port: 2222 }
    interface: ens18
    selfFence: off
    mysql: { version: 8.4, bufferPoolSize: 2G, port: 3307 }
    keepalived: { vrrpVersion: 2, virtualRouterId: 61, unicast: true, authPassword: { secret: dc1-vrrp } }
    services: [cmon, cmon-ssh]
    sync: { directories: [/var/lib/cmon/], files: [/etc/cmon.cnf, /opt/other/a.conf] }
`,
  'documented-debian': '    profile: documented\n',
  'documented-rhel': `    profile: documented
    os: rhel
    ssh: { user: cloud-user }
    interface: ens18
    mysql: { bufferPoolSize: 2G }
`,
} as const satisfies Record<string, string>;
