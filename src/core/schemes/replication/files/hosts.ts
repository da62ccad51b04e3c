import type { ReplicationSite } from '../site';

/** A marked block of /etc/hosts: what others wrote there stays. */
export function hostsBlock(site: ReplicationSite): string {
  const lines = [
    ['ccvip', site.vip] as const,
    ...site.hosts.map(({ name, address }) => [name, address] as const),
  ].map(([name, address]) => `${address.padEnd(15)} ${names(name)}\n`);
  return `# BEGIN ClusterControl HA ${site.name}\n${lines.join('')}# END ClusterControl HA ${site.name}\n`;
}

/** The documented `.local` name first, for a name without a domain. */
function names(name: string): string {
  return name.includes('.') ? name : `${name}.local ${name}`;
}
