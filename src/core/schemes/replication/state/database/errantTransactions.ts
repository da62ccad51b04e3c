import { countTransactions, formatGtidSet, subtractGtidSets } from '../../../../gtid/set';
import type { GtidSet } from '../../../../gtid/set';
import type { MysqlState } from '../../../../observe/mysql';
import { readGtids } from '../gtids';
import { onHost, mysqlOf } from '../rule';
import type { StateRule } from '../rule';

/** The two servers are read at slightly different times: what a healthy channel brought in between is not errant. */
function arrivedMeanwhile(standby: MysqlState, primary: MysqlState): boolean {
  const { replica } = standby;
  return replica?.ioRunning === 'Yes' && replica.sourceUuid === primary.serverUuid;
}

/** With everything that the primary itself may have committed since. */
function withTail(all: GtidSet, uuid: string): GtidSet {
  const tailed = [...all].map(([key, intervals]): [string, (typeof intervals)[number][]] => {
    const last = intervals.at(-1);
    const own = key === uuid.toLowerCase() || key.startsWith(`${uuid.toLowerCase()}:`);
    const tail = own && last !== undefined ? [{ from: last.to + 1, to: Number.MAX_SAFE_INTEGER }] : [];
    return [key, [...intervals, ...tail]];
  });
  return new Map(tailed);
}

export const errantTransactions: StateRule = {
  code: 'errant-transactions',
  severity: 'error',
  part: 'database',
  why: 'Transactions that only the standby has: after a failover they appear on the primary and reach, or break, what replicates from it.',
  remedy:
    'Look at them with mysqlbinlog. Harmless ones are made known by an empty transaction of the same GTID on the primary; otherwise rebuild the standby by CLONE.',
  check(view) {
    const { primary, standby } = view;
    const [first, second] = [mysqlOf(primary), mysqlOf(standby)];
    if (standby === undefined || first === undefined || second === undefined) return [];
    const own = readGtids(second.gtidExecuted);
    const all = readGtids(first.gtidExecuted);
    if (own === undefined || all === undefined) return [];
    const errant = subtractGtidSets(
      own,
      arrivedMeanwhile(second, first) ? withTail(all, first.serverUuid) : all,
    );
    const count = countTransactions(errant);
    return count === 0
      ? []
      : [
          onHost(
            view,
            standby.name,
            `${standby.name} has ${count} transactions of its own: ${formatGtidSet(errant)}`,
          ),
        ];
  },
};
