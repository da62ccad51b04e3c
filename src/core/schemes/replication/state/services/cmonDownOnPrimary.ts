import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const cmonDownOnPrimary: StateRule = {
  code: 'cmon-down-on-primary',
  severity: 'error',
  part: 'services',
  why: 'Nothing manages the database clusters: no recovery, no backups, no alarms.',
  remedy: 'Start the units on the primary (journalctl -u cmon says why it stopped), or promote the standby.',
  check(view) {
    const { primary } = view;
    if (primary === undefined || primary.role.likely !== 'primary') return [];
    const { cmonProcesses, cmonPing } = primary.seen;
    if (cmonProcesses.known && cmonProcesses.value === 0) {
      return [onHost(view, primary.name, `cmon does not run on the primary ${primary.name}`)];
    }
    return cmonProcesses.known && cmonPing.known && !cmonPing.value
      ? [onHost(view, primary.name, `cmon runs on ${primary.name} and does not answer a ping`)]
      : [];
  },
};
