import { onHost } from '../rule';
import type { StateRule } from '../rule';
import { otherOf } from '../view';

export const vipOrphaned: StateRule = {
  code: 'vip-orphaned',
  severity: 'error',
  part: 'vip',
  why: 'Users reach a host on which ClusterControl does not run, while it runs nowhere else.',
  remedy: 'Start the primary again, or promote the host that holds the address.',
  check(view) {
    return view.holders.flatMap((holder) => {
      const other = otherOf(view, holder);
      if (holder === view.primary && holder.role.likely === 'primary') return [];
      const here = holder.seen.cmonProcesses;
      const there = other.seen.cmonProcesses;
      if (!here.known || here.value > 0 || (there.known && there.value > 0)) return [];
      return [
        onHost(view, holder.name, `${holder.name} holds ${view.site.vip}, and cmon runs on no controller`),
      ];
    });
  },
};
