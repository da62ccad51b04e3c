import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const keepalivedDown: StateRule = {
  code: 'keepalived-down',
  severity: 'warning',
  part: 'keepalived',
  why: 'The VIP cannot move to this host, or away from it in order.',
  remedy: 'systemctl start keepalived, and look at its journal.',
  check(view) {
    return view.controllers.flatMap((controller) => {
      const { name, seen } = controller;
      if (!seen.keepalived.known || seen.keepalived.value.running) return [];
      const severity = controller === view.primary ? 'error' : 'warning';
      return [onHost(view, name, `keepalived does not run on ${name}`, { severity })];
    });
  },
};
