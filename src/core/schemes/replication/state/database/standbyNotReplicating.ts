import { onHost, mysqlOf } from '../rule';
import type { StateRule } from '../rule';

export const standbyNotReplicating: StateRule = {
  code: 'standby-not-replicating',
  severity: 'error',
  part: 'replication',
  why: 'The standby falls behind with every transaction. After ten minutes without its source the IO thread gives up for good, and the lag still reads 0.',
  remedy:
    'Look at the IO error. START REPLICA resumes it; a standby without a channel is prepared as a secondary.',
  check(view) {
    const { primary, standby } = view;
    const mysql = mysqlOf(standby);
    if (primary === undefined || standby === undefined || mysql === undefined) return [];
    const { replica } = mysql;
    if (replica === undefined)
      return [onHost(view, standby.name, `${standby.name} has no replication channel`)];
    const sources = [primary.name, primary.controller.address];
    if (!sources.includes(replica.sourceHost)) {
      return [
        onHost(
          view,
          standby.name,
          `${standby.name} replicates from ${replica.sourceHost}, not from ${primary.name}`,
        ),
      ];
    }
    if (replica.ioRunning === 'Yes') return [];
    const error = replica.ioError === '' ? '' : `: ${replica.ioError}`;
    return [onHost(view, standby.name, `the IO thread of ${standby.name} says ${replica.ioRunning}${error}`)];
  },
};
