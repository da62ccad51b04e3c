import { inFile, replace } from '../../place';
import { DEPRECATED } from '../deprecated';
import { commentOut } from '../rule';
import type { MysqlRule } from '../rule';

/** Turned on is the default: without the line nothing changes. */
const DEFAULTS: Readonly<Record<string, string>> = { binlog_format: 'ROW', symbolic_links: '0' };

export const optionDeprecated: MysqlRule = {
  code: 'mysql-option-deprecated',
  severity: 'warning',
  why: 'The server still takes it, with a warning. A later one will abort its start for it, as happened to those that were deprecated before.',
  remedy: 'Use the name that is told, known since MySQL 8.0.26, or take the line out.',
  check: (document) =>
    document.options.flatMap((option) => {
      const name = option.name.replace(/^(skip|disable)_(?=symbolic)/, '');
      if (!DEPRECATED.has(name)) return [];
      const now = DEPRECATED.get(name);
      const isDefault = DEFAULTS[name] === (option.value ?? '0').toUpperCase();
      const fix =
        now !== undefined
          ? replace(`Change to ${now}`, option.at, now)
          : isDefault
            ? commentOut(document, option)
            : undefined;
      const instead = now === undefined ? '' : `: it is ${now} now`;
      return [inFile(document, option.at, `${option.written} is deprecated${instead}`, { fix })];
    }),
};
