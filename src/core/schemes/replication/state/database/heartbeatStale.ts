import { onHost, replicaOf, isSilent, seconds } from '../rule';
import type { StateRule } from '../rule';

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
    if (standby === undefined || replica === undefined || replica.ioRunning !== 'Yes' || !isSilent(replica))
      return [];
    const age = replica.heartbeatAgeMs === null ? 'never' : `${seconds(replica.heartbeatAgeMs)} ago`;
    return [onHost(view, standby.name, `${standby.name} heard its source ${age}, while the status says Yes`)];
  },
};
