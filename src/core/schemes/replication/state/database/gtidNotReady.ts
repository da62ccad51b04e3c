import { onHost, mysqlOf } from '../rule';
import type { StateRule } from '../rule';

export const gtidNotReady: StateRule = {
  code: 'gtid-not-ready',
  severity: 'error',
  part: 'database',
  why: 'A failover by GTID needs them on, binary logs on both, and auto position.',
  remedy:
    'Set what is named in the MySQL option file and restart; CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION=1.',
  check(view) {
    return view.controllers.flatMap((controller) => {
      const mysql = mysqlOf(controller);
      if (mysql === undefined) return [];
      const wrong = [
        ...(mysql.gtidMode === 'ON' ? [] : [`gtid_mode is ${mysql.gtidMode}`]),
        ...(mysql.enforceGtidConsistency === 'ON'
          ? []
          : [`enforce_gtid_consistency is ${mysql.enforceGtidConsistency}`]),
        ...(mysql.logBin ? [] : ['log_bin is off']),
        ...(mysql.logReplicaUpdates ? [] : ['log_replica_updates is off']),
        ...(mysql.replica?.autoPosition === false ? ['the channel has no auto position'] : []),
      ];
      return wrong.length === 0
        ? []
        : [onHost(view, controller.name, `${controller.name}: ${wrong.join(', ')}`)];
    });
  },
};
