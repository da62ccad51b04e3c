import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

export const osMixed: ReplicationRule = {
  code: 'os-mixed',
  severity: 'warning',
  why: 'Unit names, paths and packages differ, and the socket of MySQL can be in one place only.',
  remedy: 'Use the same system on both, or set mysql.socket and make both hosts have it there.',
  check(draft) {
    const families = controllersOf(draft).map(({ value }) => value.os ?? draft.value.os ?? 'debian');
    return new Set(families).size > 1 && draft.value.mysql?.socket === undefined
      ? [at(draft, ['controllers'], 'the controllers run different systems', { part: 'key' })]
      : [];
  },
};
