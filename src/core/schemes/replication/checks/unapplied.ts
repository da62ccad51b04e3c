import { countTransactions, parseGtidSet } from '../../../gtid/set';
import { type Check, need, verdict } from '../operation/check';

/** Received and not applied: all of it is applied before the new primary opens, so it costs time and loses nothing. */
export const unapplied: Check = {
  id: 'unapplied',
  title: 'Nothing received waits to be applied',
  level: 'warn',
  run({ seen, target }) {
    const replica = need(seen.target.mysql, target.name, 'MySQL').replica;
    const count = replica === undefined ? 0 : countTransactions(parseGtidSet(replica.unapplied));
    return verdict(
      count > 0 ? [`${target.name} has ${count} received transactions still to apply`] : [],
      'They are applied before the outage begins; a large number makes the preparation longer.',
      [`${target.name} has applied all that it received`],
    );
  },
};
