import { isWritable, mysqlOf, onSite } from '../rule';
import type { StateRule } from '../rule';

export const noWriter: StateRule = {
  code: 'no-writer',
  severity: 'error',
  part: 'database',
  why: 'ClusterControl has no database it can write to.',
  remedy:
    'Find out which host has all transactions (compare gtid_executed), and promote that one. Where one was closed by hand: "Reopen This Host", or "Fail Over" to the other.',
  check(view) {
    const states = view.controllers.map(mysqlOf);
    return states.every((mysql) => mysql !== undefined && !isWritable(mysql))
      ? [onSite(view, 'MySQL is read-only on both controllers')]
      : [];
  },
};
