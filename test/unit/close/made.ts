import type { Plan } from '../../../src/core/plan/plan';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import type { Operation } from '../../../src/core/schemes/scheme';
import { hostObservation } from '../observation';
import { HOSTS, type Setting } from '../promote/setting';

export function observationOf(given: Setting) {
  const hosts = Object.fromEntries(
    HOSTS.map((host) => [host, hostObservation(given[host], given.unread[host])]),
  );
  return { site: 'dc1', atMs: given.cc1.atMs, hosts };
}

export function made(operation: Operation<ReplicationSite>, given: Setting, target = 'cc1'): Plan {
  return operation.plan(
    {
      ...{ site: given.site, target, mode: 'planned', observation: observationOf(given) },
      ...{ id: `dc1-${operation.id}-1`, operator: 'ann@desk', nowMs: given.cc1.atMs },
      ...{ secretsAvailable: [], unfinishedRuns: given.unfinishedRuns },
    },
    {},
  );
}

/** As closing it leaves cc1. */
export const closed = ({ cc1, site }: Setting): void => {
  Object.assign(cc1.mysql, { readOnly: true, superReadOnly: true });
  Object.assign(cc1, {
    addresses: cc1.addresses.filter(({ address }) => address !== site.vip),
    cmonProcesses: 0,
  });
  Object.assign(cc1.role, { held: true, activeEpoch: undefined });
};
