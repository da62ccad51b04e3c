import { countTransactions, parseGtidSet, subtractGtidSets, uniteGtidSets } from '../../../gtid/set';
import type { ReplicaState } from '../../../observe/mysql';
import type { PromoteContext } from '../operation/context';
import { type Check, need, needAnswer, verdict } from '../operation/check';

/** Silence that is suspicious when the primary has committed meanwhile. */
const SILENT_MS = 5_000;

/** One heartbeat may be late; a second one missing is silence. */
function limitMs(intervalMs: number): number {
  return 1.2 * intervalMs + 2_000;
}

/** Transactions that the primary has and the standby has not even received. */
function notReceived(context: PromoteContext, replica: ReplicaState): number {
  const { seen, source, target } = context;
  const mysql = need(seen.target.mysql, target.name, 'MySQL');
  const here = uniteGtidSets(parseGtidSet(mysql.gtidExecuted), parseGtidSet(replica.retrievedGtidSet));
  return countTransactions(
    subtractGtidSets(parseGtidSet(needAnswer(context, 'source-position', source.name)), here),
  );
}

/** The status says Yes/Yes/0 for a minute after the source has died (measured); only what arrives tells. */
export const heartbeat: Check = {
  id: 'heartbeat',
  title: 'The standby really hears the primary',
  level: 'block',
  run(context) {
    const { seen, target, source } = context;
    const replica = need(seen.target.mysql, target.name, 'MySQL').replica;
    if (replica === undefined) {
      return verdict([`${target.name} has no replication channel`], 'Prepare it as a secondary first.', []);
    }
    const age = replica.heartbeatAgeMs;
    const limit = limitMs(replica.heartbeatIntervalMs);
    const heard = age === null ? 'never' : `${(age / 1000).toFixed(1)} s ago`;
    const against: string[] = [];
    if (age === null || age > limit) {
      against.push(`${target.name} last heard ${source.name} ${heard}; limit ${(limit / 1000).toFixed(0)} s`);
    } else if (age > SILENT_MS && notReceived(context, replica) > 0) {
      against.push(
        `${target.name} last heard ${source.name} ${heard}, and ${source.name} has committed since`,
      );
    }
    return verdict(
      against,
      'Replication status lies while its connection is silent. Restart the IO thread, or find what cut the two hosts.',
      [`${target.name} heard ${source.name} ${heard}`],
    );
  },
};
