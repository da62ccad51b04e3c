import { onHost } from '../rule';
import type { StateRule } from '../rule';
import type { ControllerView } from '../view';

export const lsyncdReversed: StateRule = {
  code: 'lsyncd-reversed',
  severity: 'error',
  part: 'filesync',
  why: 'lsyncd deletes at its start what the target has and its source lacks: the primary would lose its newest files.',
  remedy: 'Stop lsyncd on the standby at once. Compare the directories before it is started on the primary.',
  check(view) {
    const { primary, standby } = view;
    if (primary === undefined || standby === undefined) return [];
    const runs = (one: ControllerView) => one.seen.lsyncd.known && one.seen.lsyncd.value.running;
    if (runs(standby) && !runs(primary)) {
      return [
        onHost(view, standby.name, `lsyncd runs on the standby ${standby.name}, towards ${primary.name}`),
      ];
    }
    const targets = primary.seen.lsyncd.known ? primary.seen.lsyncd.value.targets : [];
    const own = [primary.name, primary.controller.address];
    return runs(primary) && targets.some((target) => own.includes(target))
      ? [onHost(view, primary.name, `lsyncd on ${primary.name} copies to ${primary.name} itself`)]
      : [];
  },
};
