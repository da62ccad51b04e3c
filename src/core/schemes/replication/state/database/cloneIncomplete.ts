import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const cloneIncomplete: StateRule = {
  code: 'clone-incomplete',
  severity: 'error',
  part: 'database',
  why: 'A CLONE has begun to drop the data of this host, and the copy is not whole: nothing opens this host, and there is nothing to fail over to.',
  remedy:
    'Run "Resume or Undo Operation", or prepare the host as a secondary again: both begin the copy anew.',
  check(view) {
    return view.controllers.flatMap(({ name, seen }) =>
      seen.role.known && seen.role.value.cloneBroken === true
        ? [onHost(view, name, `the data of ${name} is not whole: a CLONE has begun there and not ended`)]
        : [],
    );
  },
};
