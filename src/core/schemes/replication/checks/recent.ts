import { askedHosts } from '../operation/context';
import { type Check, need, verdict } from '../operation/check';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** What failed once and failed again within the hour has a cause that a third move does not mend. */
export const recent: Check = {
  id: 'recent',
  title: 'No failover within the last hour',
  level: 'acknowledge',
  run(context) {
    const { observation } = context;
    const against = askedHosts(context).flatMap(({ name, seen }) => {
      const { failover } = need(seen.role, name, 'its last failover');
      if (failover === undefined) return [];
      const age = observation.atMs - failover.sinceMs;
      // A clock that was wrong then is no reason to forget it.
      if (age > HOUR_MS) return [];
      return [`${name} took over ${Math.max(0, Math.round(age / MINUTE_MS))} min ago (${failover.plan})`];
    });
    return verdict(
      against,
      'Find out why the last one was needed before roles move again: the report of that run and the journals of both hosts. To promote back what a failover moved is right once the cause is known.',
      ['no host has taken over by a failover within the last hour'],
    );
  },
};
