import { pathsOf } from '../../paths';
import { onHost, isGone } from '../rule';
import type { StateRule } from '../rule';

export const primaryMysqlDown: StateRule = {
  code: 'primary-mysql-down',
  severity: 'error',
  part: 'database',
  why: 'ClusterControl cannot keep its state, and stops managing.',
  remedy: 'Read the error log and start MySQL on the primary. If it cannot start, fail over to the standby.',
  check(view) {
    const { primary } = view;
    if (primary === undefined || isGone(primary) || primary.seen.mysql.known || !primary.seen.units.known)
      return [];
    const { mysqlUnit } = pathsOf(primary.controller.os);
    const unit = primary.seen.units.value[mysqlUnit];
    return unit === undefined || unit.active === 'active'
      ? []
      : [onHost(view, primary.name, `MySQL on the primary ${primary.name} is ${unit.active}`)];
  },
};
