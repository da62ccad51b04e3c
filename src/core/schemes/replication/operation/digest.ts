import { valueOf } from '../../../observe/fact';
import type { SiteObservation } from '../../../observe/host';
import type { ReplicationSite } from '../site';

/** Units whose state a plan rests on; the others come and go without meaning. */
function unitLines(observation: SiteObservation, host: string, services: readonly string[]): string[] {
  const units = valueOf(observation.hosts[host]?.units ?? { known: false, reason: '', atMs: 0, source: '' });
  return [...services, 'keepalived', 'lsyncd', 'mysql', 'mysqld']
    .filter((name) => units?.[name]?.loaded === true)
    .map((name) => `${host}.${name}=${units?.[name]?.active ?? 'unknown'}`);
}

/**
 * Every fact that a plan rests on, one a line, as text that people can compare: roles, epochs, UUIDs, VIP holder,
 * channel source, versions, configuration digests, unit states. Positions are left out: they move all the time.
 */
export function planDigest(site: ReplicationSite, observation: SiteObservation): string {
  const lines = site.controllers.flatMap(({ name }) => {
    const seen = observation.hosts[name];
    if (seen === undefined) {
      return [`${name}=absent`];
    }
    const mysql = valueOf(seen.mysql);
    const role = valueOf(seen.role);
    const config = Object.entries(valueOf(seen.configDigests) ?? {}).sort(([a], [b]) => a.localeCompare(b));
    return [
      `${name}.boot=${valueOf(seen.bootId) ?? 'unknown'}`,
      `${name}.record=${role?.record === undefined ? 'none' : `${role.record.epoch} ${role.record.role} ${role.record.primary}`}`,
      `${name}.vip=${valueOf(seen.addresses)?.some((address) => address.address === site.vip) ?? 'unknown'}`,
      `${name}.snat=${valueOf(seen.snat)?.toVip.length ?? 'unknown'}`,
      `${name}.keepalived=${valueOf(seen.keepalived)?.follows ?? 'unknown'}`,
      `${name}.uuid=${mysql?.serverUuid ?? 'unknown'}`,
      `${name}.version=${mysql?.version ?? 'unknown'}`,
      `${name}.read_only=${mysql?.superReadOnly ?? 'unknown'}`,
      `${name}.source=${mysql?.replica === undefined ? 'none' : `${mysql.replica.sourceHost} ${mysql.replica.sourceUuid}`}`,
      ...unitLines(observation, name, site.services),
      ...config.map(([path, digest]) => `${name}.${path}=${digest}`),
    ];
  });
  return lines.join('\n');
}
