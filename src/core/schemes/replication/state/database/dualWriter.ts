import { onSite, mysqlOf, isWritable } from '../rule';
import type { StateRule } from '../rule';

export const dualWriter: StateRule = {
  code: 'dual-writer',
  severity: 'error',
  part: 'database',
  why: 'Two servers that accept writes drift apart: neither has everything, and replication breaks or silently loses one side.',
  remedy:
    'Decide which one is the primary, and close the other now: SET GLOBAL super_read_only=ON, or the command "Close This Host".',
  check(view) {
    const open = view.controllers.filter((controller) => {
      const mysql = mysqlOf(controller);
      return mysql !== undefined && isWritable(mysql);
    });
    if (open.length < 2) return [];
    return [onSite(view, `MySQL accepts writes on ${open.map(({ name }) => name).join(' and ')}`)];
  },
};
