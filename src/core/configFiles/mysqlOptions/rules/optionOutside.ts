import { inFile } from '../../place';
import type { MysqlRule } from '../rule';

export const optionOutside: MysqlRule = {
  code: 'mysql-option-outside-section',
  severity: 'error',
  why: 'An option file begins with a section: mysqld and every client stop at an option before the first one.',
  remedy: 'Put `[mysqld]` above it.',
  check: (document) =>
    document.outside.slice(0, 1).map((at) => inFile(document, at, 'this stands before any section')),
};
