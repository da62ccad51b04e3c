import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const snatDuplicate: StateRule = {
  code: 'snat-duplicate',
  severity: 'warning',
  part: 'snat',
  why: 'One rule is removed when the VIP leaves, the others stay and cut the host off.',
  remedy: 'Remove all but one.',
  check(view) {
    return view.controllers.flatMap(({ name, seen }) => {
      const count = seen.snat.known ? seen.snat.value.toVip.length : 0;
      return count > 1
        ? [onHost(view, name, `${name} has ${count} rules that rewrite to ${view.site.vip}`)]
        : [];
    });
  },
};
