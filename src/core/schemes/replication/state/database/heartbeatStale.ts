import { countTransactions, subtractGtidSets, uniteGtidSets } from '../../../../gtid/set';
import type { ReplicaState } from '../../../../observe/mysql';
import { readGtids } from '../gtids';
import { isSilent, mysqlOf, onHost, replicaOf, seconds } from '../rule';
import type { StateRule } from '../rule';
import type { SiteView } from '../view';

/** Longer than the difference between two readings of one observation. */
const QUIET_MS = 5000;

export const heartbeatStale: StateRule = {
  code: 'heartbeat-stale',
  severity: 'error',
  part: 'replication',
  why: 'The status says Yes, Yes and 0 seconds for up to a minute after the source has died or was cut off. Only the heartbeat tells.',
  remedy:
    'Look at the network between the two hosts. STOP REPLICA IO_THREAD and START REPLICA make it connect again.',
  check(view) {
    const { standby } = view;
    const replica = replicaOf(standby);
    if (standby === undefined || replica === undefined || replica.ioRunning !== 'Yes') return [];
    const age = replica.heartbeatAgeMs === null ? 'never' : `${seconds(replica.heartbeatAgeMs)} ago`;
    const message = `${standby.name} heard its source ${age}, while the status says Yes`;
    if (isSilent(replica)) return [onHost(view, standby.name, message)];
    const missed = missedTransactions(view, replica);
    return missed === 0
      ? []
      : [
          onHost(view, standby.name, `${message}; ${missed} newer transactions did not arrive`, {
            severity: 'warning',
          }),
        ];
  },
};

/** What the primary committed while the standby heard nothing: seen long before a heartbeat is overdue. */
function missedTransactions(view: SiteView, replica: ReplicaState): number {
  if (replica.heartbeatAgeMs === null || replica.heartbeatAgeMs <= QUIET_MS) return 0;
  const all = readGtids(mysqlOf(view.primary)?.gtidExecuted ?? '');
  const applied = readGtids(mysqlOf(view.standby)?.gtidExecuted ?? '');
  const received = readGtids(replica.retrievedGtidSet);
  if (all === undefined || applied === undefined || received === undefined) return 0;
  return countTransactions(subtractGtidSets(all, uniteGtidSets(applied, received)));
}
