import { inFile, replace } from '../../place';
import { isOn, optionNamed } from '../document';
import type { MysqlRule } from '../rule';

export const replicaUpdatesOff: MysqlRule = {
  code: 'mysql-replica-updates-off',
  severity: 'warning',
  why: 'What a replica applies is then not in its own binary log: once promoted it cannot send it on, and the old primary cannot follow.',
  remedy: 'Write `log_replica_updates = ON`, the default since MySQL 8.0.',
  check(document) {
    const option = optionNamed(
      document,
      'log_replica_updates',
      'log_slave_updates',
      'skip_log_replica_updates',
      'skip_log_slave_updates',
    );
    if (option === undefined || (isOn(option) === true && !option.name.startsWith('skip'))) return [];
    return [
      inFile(document, option.at, 'a replica keeps no log of what it applies', {
        fix: replace('Turn it on', option.line, 'log_replica_updates = ON'),
      }),
    ];
  },
};
