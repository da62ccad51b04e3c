import { inFile } from '../../place';
import { commentOut } from '../rule';
import type { MysqlRule } from '../rule';

export const replicaSkipErrors: MysqlRule = {
  code: 'mysql-replica-skips-errors',
  severity: 'warning',
  why: 'A transaction that cannot be applied is left out in silence: the standby differs from the primary while its status says Yes/Yes/0.',
  remedy: 'Take the line out, and mend what differs with a CLONE.',
  check: (document) =>
    document.options.flatMap((option) =>
      ['replica_skip_errors', 'slave_skip_errors'].includes(option.name) && !/^off$/i.test(option.value ?? '')
        ? [
            inFile(document, option.at, 'the replica leaves out what it cannot apply', {
              fix: commentOut(document, option),
            }),
          ]
        : [],
    ),
};
