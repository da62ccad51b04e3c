import { replaceValue } from '../../../inventory/edits';
import { at, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const advertIntervalFraction: ReplicationRule = {
  code: 'advert-interval-fraction',
  severity: 'error',
  why: 'VRRP version 2 counts whole seconds: keepalived refuses the configuration.',
  remedy: 'Write a whole number of seconds, or use vrrpVersion 3.',
  check(draft) {
    const { keepalived } = draft.value;
    const version = keepalived?.vrrpVersion ?? (isDocumented(draft) ? 2 : 3);
    const interval = keepalived?.advertInterval;
    return version === 2 && interval !== undefined && !Number.isInteger(interval)
      ? [
          at(draft, ['keepalived', 'advertInterval'], `VRRP version 2 cannot advertise every ${interval} s`, {
            fix: replaceValue(
              draft.entry,
              ['keepalived', 'advertInterval'],
              String(Math.ceil(interval)),
              `Replace by ${Math.ceil(interval)}`,
            ),
          }),
        ]
      : [];
  },
};
