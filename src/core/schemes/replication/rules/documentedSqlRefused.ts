import { at, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const documentedSqlRefused: ReplicationRule = {
  code: 'documented-sql-refused',
  severity: 'warning',
  why: 'RESET MASTER, RESET SLAVE ALL and mysql_native_password are gone from MySQL 8.4 and later. The mysql client stops at the first error: replication is stopped, and the standby stays read-only.',
  remedy: 'Do not run the documented statements by hand: "Promote Standby" knows those of this version.',
  check(draft) {
    const { mysql } = draft.value;
    const version = String(mysql?.version ?? '');
    return isDocumented(draft) && ['8.4', '9'].includes(version)
      ? [at(draft, ['mysql', 'version'], `the documented promotion fails half-way on MySQL ${version}`)]
      : [];
  },
};
