import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const operationUnfinished: StateRule = {
  code: 'operation-unfinished',
  severity: 'warning',
  part: 'role',
  why: 'An operation changed some of the hosts and has not told its end.',
  remedy:
    'Resume or undo it where it was started, or take it over with the command "Resume or Undo Operation".',
  check(view) {
    return view.controllers.flatMap(({ name, seen }) => {
      const role = seen.role.known ? seen.role.value : undefined;
      if (role?.lease !== undefined) {
        const { operator, plan, remainingSeconds } = role.lease;
        const message = `${operator} is running ${plan} (lease on ${name}, ${Math.round(remainingSeconds)} s left)`;
        return [onHost(view, name, message, { severity: 'information' })];
      }
      const pending = role?.pending;
      if (pending === undefined || pending.epoch <= (role?.record?.epoch ?? 0)) return [];
      return [
        onHost(
          view,
          name,
          `epoch ${pending.epoch} for ${pending.primary} was begun on ${name} and not committed`,
        ),
      ];
    });
  },
};
