import { inFile, replace } from '../../place';
import { isOn, optionNamed } from '../document';
import type { MysqlRule } from '../rule';

export const gtidConsistency: MysqlRule = {
  code: 'mysql-gtid-consistency',
  severity: 'error',
  why: 'gtid_mode needs enforce_gtid_consistency: otherwise the start aborts, which `--validate-config` does not tell (MY-010912, measured with WARN).',
  remedy: 'Write `enforce_gtid_consistency = ON`.',
  check(document) {
    const mode = optionNamed(document, 'gtid_mode');
    const option = optionNamed(document, 'enforce_gtid_consistency');
    if (mode === undefined || isOn(mode) !== true || option === undefined || isOn(option) === true) return [];
    const fix = replace('Change to ON', option.valueAt, 'ON');
    return [
      inFile(document, option.at, 'with gtid_mode = ON this aborts the start', {
        fix,
        related: [{ at: mode.at, message: 'gtid_mode is on' }],
      }),
    ];
  },
};
