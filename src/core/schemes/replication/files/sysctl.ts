import type { ReplicationSite } from '../site';
import { header } from './header';

/** A program may bind to the VIP before it is here. /etc/sysctl.conf is not read at boot on current systemd (measured). */
export function sysctlConf(site: ReplicationSite): string {
  const changes = ['in sysctl.d: /etc/sysctl.conf is not read at boot on current systemd'];
  return `${header(site, '#', 'Kernel settings', changes)}net.ipv4.ip_nonlocal_bind = 1\n`;
}
