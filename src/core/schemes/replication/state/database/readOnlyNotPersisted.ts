import { onHost, mysqlOf } from '../rule';
import type { StateRule } from '../rule';

export const readOnlyNotPersisted: StateRule = {
  code: 'read-only-not-persisted',
  severity: 'warning',
  part: 'database',
  why: 'mysqld-auto.cnf wins over the option files: what is persisted there is what a restart brings back. SET GLOBAL alone is lost.',
  remedy:
    'Hardened: RESET PERSIST IF EXISTS for read_only and super_read_only, and super_read_only=ON in the option file. Documented: SET PERSIST super_read_only=ON on the standby.',
  check(view) {
    return view.controllers.flatMap((controller) => {
      const { name, seen } = controller;
      const mysql = mysqlOf(controller);
      if (mysql === undefined || !seen.keepalived.known) return [];
      const persisted = (variable: string) => mysql.persisted[variable]?.toUpperCase();
      const off = ['super_read_only', 'read_only'].filter((variable) =>
        ['OFF', '0'].includes(persisted(variable) ?? ''),
      );
      if (off.length > 0)
        return [onHost(view, name, `${name}: ${off.join(' and ')} persisted OFF: it starts writable`)];
      const bare = seen.keepalived.value.follows !== 'role-flag' && controller === view.standby;
      return bare && !['ON', '1'].includes(persisted('super_read_only') ?? '')
        ? [
            onHost(
              view,
              name,
              `${name}: super_read_only is not persisted: a restart may bring the standby back writable`,
            ),
          ]
        : [];
    });
  },
};
