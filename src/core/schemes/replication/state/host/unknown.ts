import type { Fact } from '../../../../observe/fact';
import type { HostObservation } from '../../../../observe/host';
import type { Occurrence } from '../../../../findings/rule';
import { hostKeyRefused } from './hostKeyChanged';
import { onHost } from '../rule';
import type { StateRule } from '../rule';
import type { SiteView } from '../view';

const CONTROLLER_FACTS = {
  addresses: 'addresses',
  snat: 'NAT rules',
  units: 'units',
  cmonProcesses: 'cmon',
  cmonCron: 'cron files',
  keepalived: 'keepalived',
  lsyncd: 'lsyncd',
  files: 'copied files',
  role: 'role record',
  resources: 'disks and clock',
  mysql: 'MySQL',
} as const satisfies Partial<Record<keyof HostObservation, string>>;

const PRIMARY_FACTS = { ...CONTROLLER_FACTS, cmonPing: 'the ping of cmon' } as const;

const WITNESS_FACTS = {
  role: 'role record',
  resources: 'disks and clock',
  prometheusReady: 'Prometheus',
} as const satisfies Partial<Record<keyof HostObservation, string>>;

function unread(
  view: SiteView,
  host: string,
  seen: HostObservation,
  facts: Partial<Record<keyof typeof PRIMARY_FACTS | keyof typeof WITNESS_FACTS, string>>,
): Occurrence[] {
  // It has a finding of its own, and a worse one.
  if (hostKeyRefused(seen)) return [];
  if (!seen.reachable.known) {
    return [onHost(view, host, `${host} does not answer: ${seen.reachable.reason}`)];
  }
  return Object.entries(facts).flatMap(([key, label]) => {
    // Only the copied files may not have been asked for.
    const fact: Fact<unknown> | undefined = seen[key as keyof typeof facts];
    return fact?.known !== false
      ? []
      : [onHost(view, host, `${host}: ${label} could not be read: ${fact.reason}`)];
  });
}

export const unknown: StateRule = {
  code: 'unknown',
  severity: 'warning',
  part: 'controller',
  why: 'What could not be read is not known to be healthy, and a plan that needs it stops there.',
  remedy: 'Mend what the reason names, then refresh.',
  check(view) {
    const { witness } = view;
    return [
      ...view.controllers.flatMap((controller) => {
        const facts = controller === view.primary ? PRIMARY_FACTS : CONTROLLER_FACTS;
        return unread(view, controller.name, controller.seen, facts);
      }),
      ...unread(view, witness.host, witness, WITNESS_FACTS),
    ];
  },
};
