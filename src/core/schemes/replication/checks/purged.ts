import { countTransactions, formatGtidSet, parseGtidSet, subtractGtidSets } from '../../../gtid/set';
import { type Check, need, verdict } from '../operation/check';

/** What each side purged, the other must have: both now and for the way back. */
export const purged: Check = {
  id: 'purged',
  title: 'Neither server misses what the other has purged',
  level: 'block',
  run({ seen, source, target }) {
    const a = need(seen.source.mysql, source.name, 'MySQL');
    const b = need(seen.target.mysql, target.name, 'MySQL');
    const missing = subtractGtidSets(parseGtidSet(a.gtidPurged), parseGtidSet(b.gtidExecuted));
    return verdict(
      countTransactions(missing) > 0
        ? [
            `${target.name} lacks ${formatGtidSet(missing)}, which ${source.name} has purged (error 13114 or 1236)`,
          ]
        : [],
      `Replication cannot bring them any more: rebuild ${target.name} by CLONE from ${source.name}.`,
      [`${target.name} has everything that ${source.name} has purged`],
    );
  },
};
