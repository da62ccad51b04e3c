import type { SiteHost } from '../../../inventory/site';
import type { ReplicationSite } from '../site';

/** /etc/default/clustercontrol-ha: settings of helper, guard and notify script, read as data (docs/host-helper.md). */
export function guardSettings(site: ReplicationSite, host: SiteHost): string {
  const [first, second] = site.controllers;
  const self = site.controllers.find(({ name }) => name === host.name);
  const peer = self === first ? second : first;
  const lines = [
    `SELF=${host.name}`,
    ...(self === undefined
      ? []
      : [
          `PEER=${peer.name}`,
          `PEER_ADDRESS=${peer.address}`,
          `VIP=${site.vip}`,
          `INTERFACE=${self.interface}`,
        ]),
    `WITNESS=${site.prometheus.name}`,
    `WITNESS_ADDRESS=${site.prometheus.address}`,
    ...(self === undefined
      ? []
      : [
          `UNITS=${site.services.join(' ')}`,
          `FENCE_SECONDS=${site.selfFenceSeconds ?? 'off'}`,
          `MYSQL_SOCKET=${site.mysql.socket}`,
          ...(peer.ssh.port === undefined ? [] : [`SSH_PORT=${peer.ssh.port}`]),
        ]),
  ];
  return `${lines.join('\n')}\n`;
}
