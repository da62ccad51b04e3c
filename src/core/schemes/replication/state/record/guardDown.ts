import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const guardDown: StateRule = {
  code: 'guard-down',
  severity: 'error',
  part: 'role',
  why: 'Without its guard this host neither opens after a boot nor closes itself when it is cut off.',
  remedy: 'systemctl enable --now clustercontrol-ha-guard, and look at its journal.',
  check(view) {
    return view.controllers.flatMap(({ name, seen }) => {
      if (!seen.role.known || seen.role.value.record === undefined) return [];
      const { guard } = seen.role.value;
      if (guard?.active === 'active' || guard?.active === 'activating') return [];
      return [
        onHost(view, name, `the guard of ${name} is ${guard === undefined ? 'not installed' : guard.active}`),
      ];
    });
  },
};
