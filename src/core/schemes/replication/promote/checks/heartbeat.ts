import { type Check, need, verdict } from './check';

/** Source's heartbeats come every half replica_net_timeout at most; three missed ones and a second are silence. */
function limitMs(intervalMs: number): number {
  return 3 * intervalMs + 1000;
}

/** The status says Yes/Yes/0 for a minute after the source has died (measured); only the heartbeat tells. */
export const heartbeat: Check = {
  id: 'heartbeat',
  title: 'The standby really hears the primary',
  level: 'block',
  run({ seen, target, source }) {
    const replica = need(seen.target.mysql, target.name, 'MySQL').replica;
    if (replica === undefined) {
      return verdict([`${target.name} has no replication channel`], 'Prepare it as a secondary first.', []);
    }
    const age = replica.heartbeatAgeMs;
    const limit = limitMs(replica.heartbeatIntervalMs);
    const fresh = age !== null && age <= limit;
    const seenText = age === null ? 'never' : `${(age / 1000).toFixed(1)} s ago`;
    return verdict(
      fresh
        ? []
        : [`${target.name} last heard ${source.name} ${seenText}; limit ${(limit / 1000).toFixed(0)} s`],
      'Replication status lies while its connection is silent. Restart the IO thread, or find what cut the two hosts.',
      [`${target.name} heard ${source.name} ${seenText}`],
    );
  },
};
