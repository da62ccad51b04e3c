import { onHost, replicaOf } from '../rule';
import type { StateRule } from '../rule';

const LIMIT_SECONDS = 20;

export const standbyLagging: StateRule = {
  code: 'standby-lagging',
  severity: 'warning',
  part: 'replication',
  why: 'A failover waits until everything received is applied.',
  remedy: 'Look for a long transaction or a slow disk on the standby.',
  check(view) {
    const { standby } = view;
    const behind = replicaOf(standby)?.secondsBehindSource ?? 0;
    return standby !== undefined && behind > LIMIT_SECONDS
      ? [onHost(view, standby.name, `${standby.name} is ${behind} s behind`)]
      : [];
  },
};
