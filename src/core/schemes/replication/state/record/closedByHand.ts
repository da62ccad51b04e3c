import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const closedByHand: StateRule = {
  code: 'closed-by-hand',
  severity: 'warning',
  part: 'role',
  why: 'Somebody has closed it ("Close This Host"), and it stays closed over reboots: its guard opens nothing as long as the hold is there.',
  remedy:
    'If the reason is gone: "Reopen This Host". If the other controller is to serve users: "Fail Over" to it ("the host lives"), or "Prepare as Secondary" for this one where the other is the primary already.',
  check(view) {
    return view.controllers.flatMap(({ name, seen }) =>
      seen.role.known && seen.role.value.held === true
        ? [onHost(view, name, `${name} is held closed by hand`)]
        : [],
    );
  },
};
