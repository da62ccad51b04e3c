import { inFile, replace } from '../../place';
import { optionNamed } from '../document';
import type { MysqlRule } from '../rule';

export const gtidOff: MysqlRule = {
  code: 'mysql-gtid-off',
  severity: 'warning',
  why: 'Without GTIDs nobody can tell which transactions a controller has: no position is found by itself after a promotion, and errant transactions cannot be seen.',
  remedy: 'Write `gtid_mode = ON` and `enforce_gtid_consistency = ON` on both controllers.',
  check(document) {
    const mode = optionNamed(document, 'gtid_mode');
    if (mode === undefined || !/^(OFF|0|(ON|OFF)_PERMISSIVE)$/i.test(mode.value ?? '')) return [];
    return [
      inFile(document, mode.valueAt, 'GTIDs are off', { fix: replace('Change to ON', mode.valueAt, 'ON') }),
    ];
  },
};
