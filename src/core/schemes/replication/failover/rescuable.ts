import { isGtidSubset, parseGtidSet } from '../../../gtid/set';
import { valueOf } from '../../../observe/fact';
import type { EmergencyContext } from './context';
import { ASKED } from './questions';

/** Whether all that the dead server never sent can be brought over: from which binary log on, or why it can't. */
export type Rescue = { readonly oldestLog: string } | { readonly impossible: string };

/**
 * Needed are the newest one and those before it, back to the first before which nothing was written that the target has not
 * applied. One of these that can't be read, and nothing is promised: what comes behind a gap is not to be applied.
 */
export function rescueOf({
  answers,
  seen,
  target,
}: Pick<EmergencyContext, 'answers' | 'seen' | 'target'>): Rescue {
  const answer = answers[ASKED.binlog];
  if (answer?.answered !== true) return { impossible: answer?.reason ?? 'its disk was not asked' };
  const said = answer.stderr.trim();
  if (answer.exitCode !== 0) return { impossible: said || `its disk answers with exit ${answer.exitCode}` };
  const mysql = valueOf(seen.target.mysql);
  if (mysql === undefined) return { impossible: `what ${target.name} has is not known` };
  const applied = parseGtidSet(mysql.gtidExecuted);
  const logs = answer.stdout.split(/^log /m).slice(1);
  for (const log of logs) {
    const [path = '', ...lines] = log.split('\n');
    const before = lines.flatMap((line) => /^previous ?(.*)$/.exec(line)?.[1] ?? []);
    if (before.length === 0) return { impossible: said || `${path} can not be read` };
    if (isGtidSubset(parseGtidSet(before.join(',')), applied)) {
      return { oldestLog: path.slice(path.lastIndexOf('/') + 1) };
    }
  }
  return { impossible: `its newest ${logs.length} binary logs do not reach back to what ${target.name} has` };
}
