import type { Site } from '../inventory/site';
import type { SiteAddresses } from '../plan/plan';
import type { ResolvedSite } from '../schemes/registry';

/** @param site from the inventory's reader: it gives resolved sites only. */
export function addressesOf(site: Site): SiteAddresses {
  const { vip, hosts } = site as ResolvedSite;
  return { vip, hosts: Object.fromEntries(hosts.map(({ name, address }) => [name, address])) };
}
