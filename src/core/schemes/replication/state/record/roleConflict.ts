import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const roleConflict: StateRule = {
  code: 'role-conflict',
  severity: 'error',
  part: 'role',
  why: 'Database, VIP, services and record name different primaries. A plan rests on one answer.',
  remedy: 'Look at both hosts, put right what disagrees by hand, and refresh.',
  check(view) {
    return view.controllers.flatMap(({ name, role }) => {
      const read = role.votes.every((vote) => vote.says !== undefined);
      return read && role.role === 'unknown' && role.votes.length > 0
        ? [onHost(view, name, `${name} is neither clearly primary nor standby: ${role.reasons.join('; ')}`)]
        : [];
    });
  },
};
