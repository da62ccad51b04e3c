import { onHost, mysqlOf } from '../rule';
import type { StateRule } from '../rule';

export const durabilityRelaxed: StateRule = {
  code: 'durability-relaxed',
  severity: 'warning',
  part: 'database',
  why: 'A power cut may lose transactions that were acknowledged, or leave a replica that knows less than it said.',
  remedy:
    'SET PERSIST sync_binlog=1, innodb_flush_log_at_trx_commit=1; relay_log_recovery=ON in the option file.',
  check(view) {
    return view.controllers.flatMap((controller) => {
      const mysql = mysqlOf(controller);
      if (mysql === undefined) return [];
      const relaxed = [
        ...(mysql.syncBinlog === 1 ? [] : [`sync_binlog is ${mysql.syncBinlog}`]),
        ...(mysql.flushLogAtTrxCommit === 1
          ? []
          : [`innodb_flush_log_at_trx_commit is ${mysql.flushLogAtTrxCommit}`]),
        ...(mysql.relayLogRecovery ? [] : ['relay_log_recovery is off']),
      ];
      const severity = mysql.syncBinlog === 1 && mysql.flushLogAtTrxCommit === 1 ? 'information' : 'warning';
      return relaxed.length === 0
        ? []
        : [onHost(view, controller.name, `${controller.name}: ${relaxed.join(', ')}`, { severity })];
    });
  },
};
