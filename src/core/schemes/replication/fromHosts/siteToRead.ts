import { readDocument } from '../../../inventory/document';
import type { AskedHosts } from '../../../inventory/fromHosts/asked';
import type { HostProbe } from '../../scheme';
import { pathsOf } from '../paths';
import { replicationProbes } from '../probes';
import { resolveReplication } from '../resolve';
import type { OsFamily, ReplicationSite } from '../site';

/** No site of an inventory can have it: connections for the reading are nobody else's. */
const NAME = '(new inventory)';

/** Hosts to be asked before there is an inventory; logins come from the operator's own ssh configuration. */
export function siteToRead({ controllers, prometheus }: AskedHosts, os: OsFamily): ReplicationSite {
  const [first, second] = controllers;
  const value = {
    scheme: 'replication' as const,
    profile: 'documented' as const,
    os,
    // Nobody knows it yet. keepalived's file names it; no host has this one.
    vip: '0.0.0.0',
    controllers: {
      [first.name]: { address: first.address },
      [second.name]: { address: second.address },
    },
    prometheus,
  };
  const entry = { document: readDocument('', ''), name: NAME, path: ['sites', NAME], value };
  const site = resolveReplication({ entry, name: NAME, value });
  if (site === undefined) throw new RangeError('two controllers with different names are needed');
  return site;
}

/** The scheme's own, and MySQL's unit by the names of both distributions. */
export function probesToRead(site: ReplicationSite): readonly HostProbe[] {
  return replicationProbes(site).map((probe) =>
    probe.kind === 'controller'
      ? {
          ...probe,
          units: [...new Set([...probe.units, pathsOf('debian').mysqlUnit, pathsOf('rhel').mysqlUnit])],
        }
      : probe,
  );
}
