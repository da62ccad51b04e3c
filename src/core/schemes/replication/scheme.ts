import { examine } from '../../inventory/examine';
import type { HostReading, Scheme } from '../scheme';
import { close } from './close/operation';
import { mergeOf } from './deploy/merge';
import { deploy } from './deploy/operation';
import { failover } from './failover/operation';
import { replicationFiles } from './files/render';
import { sshKeysDocument } from './files/sshKeys';
import { harden } from './harden/operation';
import { replicationFromHosts } from './fromHosts/reading';
import { replicationProbes } from './probes';
import { promote } from './promote/operation';
import { replicationReader } from './reader';
import { rejoin } from './rejoin/operation';
import { reopen } from './reopen/operation';
import { rotate } from './rotate/operation';
import { setup } from './setup/operation';
import type { ReplicationSite } from './site';
import { sqlDocument } from './sql/document';
import { stateFindings } from './state/findings';
import { viewOf } from './state/view';
import { replicationTopology } from './topology/site';

/** ClusterControl Replication: MySQL GTID replication, keepalived VIP with SNAT, lsyncd, an external Prometheus. */
export const replicationScheme: Scheme<ReplicationSite> & {
  readonly id: 'replication';
  readonly fromHosts: HostReading<ReplicationSite>;
} = {
  id: 'replication',
  schema: replicationReader.schema,
  examine: (entries) => examine(replicationReader, entries),
  probes: replicationProbes,
  files: replicationFiles,
  documents: (site) => [
    { name: 'replication.sql', group: 'sql', content: sqlDocument(site) },
    ...(site.profile === 'hardened' ? [sshKeysDocument(site)] : []),
  ],
  merge: mergeOf,
  findings: (site, observation) => stateFindings(viewOf(site, observation)),
  topology: replicationTopology,
  fromHosts: replicationFromHosts,
  operations: [promote, failover, rejoin, deploy, harden, setup, rotate, close, reopen],
};
