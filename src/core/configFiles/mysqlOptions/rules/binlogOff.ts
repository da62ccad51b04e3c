import { inFile } from '../../place';
import { setsUpReplication } from '../document';
import { commentOut } from '../rule';
import type { MysqlRule } from '../rule';

const BINLOG = ['skip_log_bin', 'disable_log_bin', 'log_bin'];

export const binlogOff: MysqlRule = {
  code: 'mysql-binlog-off',
  severity: 'warning',
  why: 'A server without a binary log has nothing to send to a replica. The last of `log_bin` and `skip-log-bin` holds, and nothing warns (measured).',
  remedy: 'Take `skip-log-bin` out.',
  check(document) {
    const last = document.options.findLast(({ name }) => BINLOG.includes(name));
    if (last === undefined || last.name === 'log_bin' || !setsUpReplication(document)) return [];
    return [inFile(document, last.at, 'the binary log is off', { fix: commentOut(document, last) })];
  },
};
