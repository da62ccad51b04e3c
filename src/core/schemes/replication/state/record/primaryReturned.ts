import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const primaryReturned: StateRule = {
  code: 'primary-returned',
  severity: 'warning',
  part: 'role',
  why: 'It was the primary, was away, and met a newer epoch: it may hold transactions and files that nobody else has. Its guard keeps it closed, and lsyncd of the new primary waits, as it would delete them.',
  remedy:
    'Run "Prepare as Secondary" for it: that shows and keeps what only this host has, then makes it a standby.',
  check(view) {
    return view.controllers.flatMap(({ name, seen }) =>
      seen.role.known && seen.role.value.returned === true
        ? [onHost(view, name, `${name} was the primary and came back; it is closed, and no standby yet`)]
        : [],
    );
  },
};
