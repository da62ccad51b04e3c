import { type Check, need, verdict } from '../operation/check';

const LIMIT_SECONDS = 20;

/** More than 20 s behind means a write outage that users notice; wait for it before, not during. */
export const lag: Check = {
  id: 'lag',
  title: `The standby is at most ${LIMIT_SECONDS} s behind`,
  level: 'block',
  run({ seen, target }) {
    const replica = need(seen.target.mysql, target.name, 'MySQL').replica;
    const behind = replica?.secondsBehindSource ?? null;
    if (behind === null) {
      return verdict(
        [`${target.name}: Seconds_Behind_Source is NULL: a thread is stopped`],
        'Start replication and wait until it has caught up.',
        [],
      );
    }
    return verdict(
      behind > LIMIT_SECONDS ? [`${target.name} is ${behind} s behind`] : [],
      'Wait until it has caught up, then plan again.',
      [`${target.name} is ${behind} s behind`],
    );
  },
};
