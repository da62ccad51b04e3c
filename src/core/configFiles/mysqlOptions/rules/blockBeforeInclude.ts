import { inFile } from '../../place';
import type { MysqlRule } from '../rule';

/** What the included files of Debian and Ubuntu set themselves. */
const OVERRIDDEN = ['bind_address', 'mysqlx_bind_address', 'log_error', 'max_binlog_size', 'key_buffer_size'];

export const blockBeforeInclude: MysqlRule = {
  code: 'mysql-block-before-include',
  severity: 'warning',
  why: 'The last one wins, and included files are read where their line stands: Debian sets `bind-address = 127.0.0.1` in a file that comes later, so the other controller cannot connect. Measured.',
  remedy:
    'Move the section behind the `!includedir` lines, or into a file of its own that is read last, for example /etc/mysql/mysql.conf.d/zz-clustercontrol-ha.cnf.',
  check(document) {
    const last = document.includes.at(-1);
    if (last === undefined) return [];
    return document.options.flatMap((option) =>
      OVERRIDDEN.includes(option.name) && option.at.start < last.start
        ? [
            inFile(document, option.at, `a file that is included below may replace ${option.written}`, {
              related: [{ at: last, message: 'included here, later' }],
            }),
          ]
        : [],
    );
  },
};
