import { onSite } from '../rule';
import type { StateRule } from '../rule';

export const noVip: StateRule = {
  code: 'no-vip',
  severity: 'error',
  part: 'vip',
  why: 'Nobody answers for the address that users and agents know.',
  remedy:
    'Look at keepalived on the primary: is it running, and is its check or the active flag what it waits for?',
  check(view) {
    return view.controllers.every(({ holdsVip }) => holdsVip === false)
      ? [onSite(view, `neither controller holds ${view.site.vip}`)]
      : [];
  },
};
