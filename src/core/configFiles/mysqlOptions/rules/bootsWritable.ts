import { inFile, replace } from '../../place';
import { isOn, optionNamed, setsUpReplication } from '../document';
import { addOption } from '../rule';
import type { MysqlRule } from '../rule';

export const bootsWritable: MysqlRule = {
  code: 'mysql-boots-writable',
  severity: 'warning',
  why: 'A server that restarts forgets SET GLOBAL read_only: an old primary that comes back, and a rebooted replica, accept writes that the other one never sees. `read_only` alone does not stop administrators and cmon.',
  remedy:
    'Boot closed on both controllers with `super_read_only = ON`, and open the primary with SET GLOBAL only, as the guard and a promotion do.',
  check(document) {
    if (!setsUpReplication(document)) return [];
    const option = optionNamed(document, 'super_read_only');
    if (option !== undefined && isOn(option) === true) return [];
    const [section] = document.sections;
    const at = option?.at ?? optionNamed(document, 'read_only')?.at ?? section;
    if (at === undefined) return [];
    const fix =
      option === undefined
        ? addOption(document, 'super_read_only = ON')
        : replace('Turn super_read_only on', option.line, 'super_read_only = ON');
    return [inFile(document, at, 'this server is writable after each start', { fix })];
  },
};
