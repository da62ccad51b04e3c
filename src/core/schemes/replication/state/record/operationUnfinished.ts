import { withoutEnd } from '../../../../observe/operationRecord';
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
    const records = view.controllers.flatMap(({ seen }) =>
      seen.role.known ? (seen.role.value.operation ?? []) : [],
    );
    const open = withoutEnd(records);
    return view.controllers.flatMap(({ name, seen }) => {
      const role = seen.role.known ? seen.role.value : undefined;
      // A finding of its own.
      if (role?.operation?.place === 'undo-owed' && open.includes(role.operation)) return [];
      if (role?.lease !== undefined) {
        const { operator, plan, remainingSeconds } = role.lease;
        const message = `${operator} is running ${plan} (lease on ${name}, ${Math.round(remainingSeconds)} s left)`;
        return [onHost(view, name, message, { severity: 'information' })];
      }
      const left = open.find((record) => record === role?.operation);
      if (left !== undefined) {
        const { operator, operation, target, plan, sinceMs, place } = left;
        const since = new Date(sinceMs).toISOString().slice(0, 16).replace('T', ' ');
        const message = `${operator} began to ${operation} ${target} at ${since} UTC (${plan}); it came to "${place}" and has no end`;
        return [onHost(view, name, message)];
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
