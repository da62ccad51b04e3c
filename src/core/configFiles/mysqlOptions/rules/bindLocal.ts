import { inFile, replace } from '../../place';
import { optionNamed, setsUpReplication } from '../document';
import type { MysqlRule } from '../rule';

export const bindLocal: MysqlRule = {
  code: 'mysql-bind-local',
  severity: 'warning',
  why: 'The server listens on its own host only: the other controller cannot replicate or clone from it, and an own address of the host is not there when the VIP is meant.',
  remedy: 'Write `bind-address = 0.0.0.0` and let the firewall decide who may connect.',
  check(document) {
    const option = optionNamed(document, 'bind_address');
    if (
      option === undefined ||
      !setsUpReplication(document) ||
      !/^(127\.|localhost$|::1$)/.test(option.value ?? '')
    )
      return [];
    return [
      inFile(document, option.valueAt, 'the other controller cannot connect', {
        fix: replace('Change to 0.0.0.0', option.valueAt, '0.0.0.0'),
      }),
    ];
  },
};
