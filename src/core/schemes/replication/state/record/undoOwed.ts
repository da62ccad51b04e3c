import { withoutEnd } from '../../../../observe/operationRecord';
import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const undoOwed: StateRule = {
  code: 'undo-owed',
  severity: 'error',
  part: 'role',
  why: 'An operation failed and could not take everything back: a host did not answer. Until it does there may be no writer, and what stands there is not what the site runs by.',
  remedy: 'Bring the host back, then run the command "Resume or Undo Operation": it undoes what is left.',
  check(view) {
    const records = view.controllers.flatMap(({ name, seen }) =>
      seen.role.known && seen.role.value.operation !== undefined
        ? [{ name, record: seen.role.value.operation }]
        : [],
    );
    const open = withoutEnd(records.map(({ record }) => record));
    return records
      .filter(({ record }) => record.place === 'undo-owed' && open.includes(record))
      .map(({ name, record: { operator, operation, target, plan } }) =>
        onHost(
          view,
          name,
          `what ${operator} began to ${operation} ${target} (${plan}) is undone in part only`,
        ),
      );
  },
};
