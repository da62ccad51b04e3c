import type { HostObservation, RoleRecord } from '../../../observe/host';
import type { ReplicationSite } from '../site';

/**
 * A witness keeps one record, whoever asks. One that names no controller of this site is another site's: guards take such a
 * witness for silent, and no operation writes over it.
 */
export function foreignRecord(site: ReplicationSite, witness: HostObservation): RoleRecord | undefined {
  const record = witness.role.known ? witness.role.value.record : undefined;
  return record === undefined || site.controllers.some(({ name }) => name === record.primary)
    ? undefined
    : record;
}

/** What is said of it, and what to do. */
export function foreignText(site: ReplicationSite, { epoch, primary }: RoleRecord): string {
  return `${site.prometheus.name} is the witness of another site: its record names ${primary} (epoch ${epoch})`;
}

export function foreignRemedy(site: ReplicationSite): string {
  return `Give this site a Prometheus host of its own. If no other site uses ${site.prometheus.name}, its record is an old one: look at it, remove ${WITNESS_FILES} there, and try again.`;
}

/** What a witness keeps of epochs. */
export const WITNESS_FILES = '/var/lib/clustercontrol-ha/{witness,pending,withdrawn}';
