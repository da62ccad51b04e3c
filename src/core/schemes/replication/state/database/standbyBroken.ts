import { onHost, replicaOf } from '../rule';
import type { StateRule } from '../rule';

export const standbyBroken: StateRule = {
  code: 'standby-broken',
  severity: 'error',
  part: 'replication',
  why: 'What the standby receives is no longer applied: a failover would lose it or wait for ever.',
  remedy:
    'Read the error. Most often a transaction was written on the standby itself: see errant-transactions. A standby that cannot be mended is rebuilt by CLONE.',
  check(view) {
    const { standby } = view;
    const replica = replicaOf(standby);
    if (standby === undefined || replica === undefined) return [];
    const errors = [replica.sqlError, ...replica.workerErrors].filter((text) => text !== '');
    if (replica.sqlRunning === 'Yes' && errors.length === 0) return [];
    const reason = errors[0] === undefined ? '' : `: ${errors[0]}`;
    return [onHost(view, standby.name, `the applier of ${standby.name} says ${replica.sqlRunning}${reason}`)];
  },
};
