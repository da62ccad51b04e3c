import { countTransactions, formatGtidSet, parseGtidSet, subtractGtidSets } from '../../../gtid/set';
import { type Check, need, needAnswer, verdict } from '../operation/check';

/**
 * Transactions that only the standby has. The standby was read first (in the observation), the primary afterwards
 * (as a question): the other order gave false errants in 49 of 60 samples, this one in none.
 */
export const errant: Check = {
  id: 'errant',
  title: 'The standby has no transaction of its own',
  level: 'block',
  run(context) {
    const { seen, source, target } = context;
    const standby = parseGtidSet(need(seen.target.mysql, target.name, 'MySQL').gtidExecuted);
    const primary = parseGtidSet(needAnswer(context, 'source-position', source.name));
    const own = subtractGtidSets(standby, primary);
    const count = countTransactions(own);
    return verdict(
      count > 0 ? [`${target.name} has ${count} errant transactions: ${formatGtidSet(own)}`] : [],
      `Look at them with mysqlbinlog on ${target.name}. Harmless ones are made known by an empty transaction of the same GTID on ${source.name}; otherwise rebuild ${target.name} by CLONE.`,
      [`everything that ${target.name} has, ${source.name} has too`],
    );
  },
};
