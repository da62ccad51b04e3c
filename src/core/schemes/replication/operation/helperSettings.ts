import type { ReplicationSite } from '../site';

/** Settings file of the helper that an operation brings to hosts without one: `NAME=value`, read as data. */
export function helperSettings(site: ReplicationSite): Record<string, string> {
  const [one, two] = site.controllers;
  return Object.fromEntries(
    [[one, two] as const, [two, one] as const].map(([self, peer]) => [
      self.name,
      [
        `SELF=${self.name}`,
        `PEER=${peer.name}`,
        `PEER_ADDRESS=${peer.address}`,
        `WITNESS=${site.prometheus.name}`,
        `WITNESS_ADDRESS=${site.prometheus.address}`,
        `VIP=${site.vip}`,
        `INTERFACE=${self.interface}`,
        `UNITS=${site.services.join(' ')}`,
        `MYSQL_SOCKET=${site.mysql.socket}`,
        '',
      ].join('\n'),
    ]),
  );
}
