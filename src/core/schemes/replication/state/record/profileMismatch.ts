import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const profileMismatch: StateRule = {
  code: 'profile-mismatch',
  severity: 'error',
  part: 'keepalived',
  why: 'How the VIP and the roles move is taken from what the hosts are; two ways in one site cannot be joined.',
  remedy:
    'Set `profile` in the inventory to what the hosts are, or bring both hosts to the hardened one ("Harden").',
  check(view) {
    const built = view.controllers.flatMap(({ name, seen }) =>
      seen.keepalived.known && seen.keepalived.value.config !== undefined
        ? [{ name, profile: seen.keepalived.value.follows === 'role-flag' ? 'hardened' : 'documented' }]
        : [],
    );
    const other = built.filter(({ profile }) => profile !== view.site.profile);
    return other.map(({ name, profile }) =>
      onHost(view, name, `${name} is built as ${profile}, the inventory says ${view.site.profile}`),
    );
  },
};
