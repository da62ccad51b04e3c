import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const cmonCronActive: StateRule = {
  code: 'cmon-cron-active',
  severity: 'warning',
  part: 'services',
  why: 'cron starts cmon on the standby, behind the back of whoever decides what runs where.',
  remedy:
    'Remove or comment the line in /etc/cron.d on the standby; the hardened profile keeps the units from starting by a condition.',
  check(view) {
    const { standby } = view;
    if (standby === undefined || !standby.seen.cmonCron.known) return [];
    // Where the role decides, the unit has a condition: what cron starts does not start.
    const { keepalived } = standby.seen;
    if (keepalived.known && keepalived.value.follows === 'role-flag') return [];
    const [line] = standby.seen.cmonCron.value;
    return line === undefined
      ? []
      : [onHost(view, standby.name, `cron would start cmon on ${standby.name}: ${line.trim()}`)];
  },
};
