import { inFile, replace } from '../../place';
import type { MysqlRule } from '../rule';

const DURABLE = ['sync_binlog', 'innodb_flush_log_at_trx_commit'];

export const durability: MysqlRule = {
  code: 'mysql-durability-relaxed',
  severity: 'warning',
  why: 'Commits are acknowledged before they are on disk. After a power cut the binary log and the tables can differ, and the replica may have transactions that its source has lost.',
  remedy: 'Use 1, the default of both.',
  check: (document) =>
    document.options.flatMap((option) => {
      if (!DURABLE.includes(option.name) || option.value === undefined || option.value === '1') return [];
      const fix = replace('Change to 1', option.valueAt, '1');
      return [
        inFile(document, option.valueAt, `with ${option.written} ${option.value} a power cut loses commits`, {
          fix,
        }),
      ];
    }),
};
