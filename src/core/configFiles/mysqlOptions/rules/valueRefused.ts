import { inFile, replace } from '../../place';
import type { MysqlRule } from '../rule';

interface Refused {
  readonly names: readonly string[];
  readonly value: RegExp;
  readonly instead: string;
}

/** Values of earlier series that MySQL 9.7 refuses; measured. */
const REFUSED: readonly Refused[] = [
  { names: ['character_set_server'], value: /^utf8$/i, instead: 'utf8mb4' },
  { names: ['collation_server'], value: /^utf8_general_ci$/i, instead: 'utf8mb4_0900_ai_ci' },
  {
    names: ['tls_version', 'admin_tls_version'],
    value: /\bTLSv1(\.1)?(?![\d.])/i,
    instead: 'TLSv1.2,TLSv1.3',
  },
  { names: ['gtid_mode'], value: /^(?!(ON|OFF|ON_PERMISSIVE|OFF_PERMISSIVE|0|1|2|3)$)/i, instead: 'ON' },
];

export const valueRefused: MysqlRule = {
  code: 'mysql-value-refused',
  severity: 'error',
  why: 'mysqld aborts its start for a value that it does not know.',
  remedy: 'Write a value that the server has.',
  check: (document) =>
    document.options.flatMap((option) => {
      const { value } = option;
      if (value === undefined) return [];
      const noAuto = option.name === 'sql_mode' && /\bNO_AUTO_CREATE_USER\b/i.test(value);
      const found = REFUSED.find((one) => one.names.includes(option.name) && one.value.test(value));
      const instead = noAuto ? withoutMode(value) : found?.instead;
      if (instead === undefined) return [];
      const fix = replace(
        `Change to ${instead === '' ? 'nothing' : instead}`,
        option.valueAt,
        noAuto ? `"${instead}"` : instead,
      );
      return [
        inFile(
          document,
          option.valueAt,
          `MySQL 9 has no ${noAuto ? 'NO_AUTO_CREATE_USER' : value.slice(0, 60)} here`,
          { fix },
        ),
      ];
    }),
};

function withoutMode(value: string): string {
  return value
    .split(',')
    .map((mode) => mode.trim())
    .filter((mode) => !/^NO_AUTO_CREATE_USER$/i.test(mode))
    .join(',');
}
