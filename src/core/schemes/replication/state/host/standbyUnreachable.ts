import { onHost, isGone } from '../rule';
import type { StateRule } from '../rule';

export const standbyUnreachable: StateRule = {
  code: 'standby-unreachable',
  severity: 'error',
  part: 'controller',
  why: 'There is nothing to fail over to.',
  remedy: 'Power the standby on, or mend the way to it.',
  check(view) {
    const { primary, standby } = view;
    if (primary === undefined || standby === undefined || isGone(primary) || !isGone(standby)) return [];
    return [onHost(view, standby.name, `the standby ${standby.name} does not answer`)];
  },
};
