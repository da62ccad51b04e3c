import type { ReplicationSite } from '../site';

/**
 * What a rendered file says of itself. No time and no version: the same inventory gives the same bytes.
 * @param changes what differs from the documented text, one a line; each with its reason.
 */
export function header(
  site: ReplicationSite,
  comment: string,
  subject: string,
  changes: readonly string[] = [],
): string {
  const lines = [
    `${subject} of site ${site.name}, profile ${site.profile}.`,
    'Rendered from the inventory by ClusterControl HA: change it there.',
    ...(changes.length === 0 ? [] : ['Other than in the ClusterControl documentation:']),
    ...changes.map((change) => `  - ${change}`),
  ];
  return lines.map((line) => `${comment} ${line}\n`).join('');
}
