import { onHost, mysqlOf, isWritable } from '../rule';
import type { StateRule } from '../rule';

export const standbyWritable: StateRule = {
  code: 'standby-writable',
  severity: 'error',
  part: 'database',
  why: 'A write on the standby becomes an errant transaction, and breaks replication when it collides.',
  remedy: 'SET GLOBAL super_read_only=ON on the standby. Ordinary read_only lets privileged accounts write.',
  check(view) {
    const { standby, primary } = view;
    const mysql = mysqlOf(standby);
    if (standby === undefined || mysql === undefined || mysql.superReadOnly) return [];
    const first = mysqlOf(primary);
    // Both open has a name of its own.
    if (!mysql.readOnly && first !== undefined && isWritable(first)) return [];
    return mysql.readOnly
      ? [
          onHost(view, standby.name, `${standby.name} has read_only but not super_read_only`, {
            severity: 'warning',
          }),
        ]
      : [onHost(view, standby.name, `the standby ${standby.name} accepts writes`)];
  },
};
