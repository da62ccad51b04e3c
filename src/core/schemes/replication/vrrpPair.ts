import type { VrrpHost, VrrpPair } from '../../vrrp/pair';
import { hardenedPriority } from './hardenedPriority';
import type { ReplicationController, ReplicationSite } from './site';

/** The pair that the rendered keepalived.conf of both controllers makes. */
export function vrrpPairOf(site: ReplicationSite): VrrpPair {
  const hardened = site.profile === 'hardened';
  const host = ({ name, address, priority }: ReplicationController): VrrpHost => ({
    name,
    address,
    priority: hardened ? hardenedPriority(site.keepalived.advertIntervalSeconds) : priority,
    state: 'BACKUP',
    nopreempt: true,
  });
  const [first, second] = site.controllers;
  return {
    hosts: [host(first), host(second)],
    track: hardened ? { kind: 'role' } : { kind: 'process', weight: 2 },
    snat: site.profile,
    version: site.keepalived.vrrpVersion,
    advertIntervalSeconds: site.keepalived.advertIntervalSeconds,
    checkIntervalSeconds: 2,
  };
}
