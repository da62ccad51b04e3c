import { onHost } from '../rule';
import type { StateRule } from '../rule';
import { otherOf } from '../view';

export const vipOnStandby: StateRule = {
  code: 'vip-on-standby',
  severity: 'error',
  part: 'vip',
  why: 'Users reach the standby, and the connections of the primary leave with the wrong address.',
  remedy:
    'On the documented profile restart keepalived on the standby; on the hardened one look at the active flag of both hosts.',
  check(view) {
    return view.holders.flatMap((holder) => {
      const other = otherOf(view, holder);
      const serves = other.seen.cmonProcesses.known && other.seen.cmonProcesses.value > 0;
      return holder.role.likely === 'standby' && serves
        ? [
            onHost(
              view,
              holder.name,
              `${holder.name} is the standby and holds ${view.site.vip}; ${other.name} is the primary`,
            ),
          ]
        : [];
    });
  },
};
