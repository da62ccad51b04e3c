import { inFile } from '../../place';
import { optionNamed } from '../document';
import type { MysqlRule } from '../rule';

const MOST = 4_294_967_295;

export const serverIdRefused: MysqlRule = {
  code: 'mysql-server-id-refused',
  severity: 'error',
  why: 'With 0 the server refuses every replica and cannot be one. A word aborts the start; a number that is too large is cut, on both controllers to the same.',
  remedy: 'Write a number from 1 to 4294967295, another one on each controller.',
  check(document) {
    const option = optionNamed(document, 'server_id');
    const value = option?.value;
    if (option === undefined || value === undefined) return [];
    const valid = /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= MOST;
    return valid ? [] : [inFile(document, option.valueAt, `${value.slice(0, 40)} is no server id`)];
  },
};
