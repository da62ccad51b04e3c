import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

export const controllerCount: ReplicationRule = {
  code: 'controller-count',
  severity: 'error',
  why: 'The scheme has one primary and one standby: fewer leave nothing to fail over to, and nothing decides among more.',
  remedy: 'Name exactly two controllers.',
  check(draft) {
    const count = controllersOf(draft).length;
    return draft.value.controllers === undefined || count === 2
      ? []
      : [
          at(draft, ['controllers'], `a site of scheme replication has two controllers, not ${count}`, {
            part: 'key',
          }),
        ];
  },
};
