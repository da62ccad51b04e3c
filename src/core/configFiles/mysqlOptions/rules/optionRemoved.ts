import { inFile, replace } from '../../place';
import { optionNamed } from '../document';
import { REMOVED } from '../removed';
import { commentOut } from '../rule';
import type { MysqlRule } from '../rule';

export const optionRemoved: MysqlRule = {
  code: 'mysql-option-removed',
  severity: 'error',
  why: 'mysqld aborts its start for an option that it does not know. These were options of MySQL 5.7, 8.0 or 8.4 and are unknown to 9.7 (measured); most of them already to 8.4.',
  remedy:
    'Write what replaced it, or take the line out before the upgrade. With the prefix `loose_` an older server still reads it and a newer one only warns.',
  check: (document) =>
    document.options.flatMap((option) => {
      const name = option.name.replace(/^(skip|disable|enable)_/, '');
      if (option.loose || !REMOVED.has(name)) return [];
      const instead = option.value === undefined ? undefined : REMOVED.get(name)?.(option.value);
      const stands =
        instead !== undefined && optionNamed(document, instead.split(' ', 1)[0] ?? '') !== undefined;
      const fix =
        instead === undefined || stands
          ? commentOut(document, option)
          : replace(`Write ${instead}`, option.line, instead);
      return [
        inFile(document, option.at, `MySQL 9 does not know ${option.written} and would not start`, { fix }),
      ];
    }),
};
