import { sourceAsked } from '../operation/context';
import { type Check, need, verdict } from '../operation/check';

/** Both threads run, no worker has an error, nothing is delayed on purpose. */
export const threads: Check = {
  id: 'threads',
  title: 'Both replication threads run without errors',
  level: 'block',
  run(context) {
    const { seen, target } = context;
    const replica = need(seen.target.mysql, target.name, 'MySQL').replica;
    if (replica === undefined) {
      return verdict([`${target.name} has no replication channel`], 'Prepare it as a secondary first.', []);
    }
    const against: string[] = [];
    if (replica.sqlRunning !== 'Yes') {
      against.push(`SQL thread: ${replica.sqlRunning}. ${replica.sqlError}`.trim());
    }
    against.push(...replica.workerErrors.map((error) => `applier: ${error}`));
    if (replica.sqlDelaySeconds > 0) {
      against.push(`SOURCE_DELAY is ${replica.sqlDelaySeconds} s`);
    }
    const receives =
      replica.ioRunning === 'Yes' ? [] : [`IO thread: ${replica.ioRunning}. ${replica.ioError}`.trim()];
    if (against.length === 0 && receives.length > 0 && !sourceAsked(context)) {
      return verdict(
        receives,
        'Nothing can be received from a dead source: what was received is applied.',
        [],
        'warn',
      );
    }
    return verdict(
      [...receives, ...against],
      `Repair replication on ${target.name} (SHOW REPLICA STATUS names the cause) and plan again. Nothing has changed.`,
      [`${target.name}: IO Yes, SQL Yes`],
    );
  },
};
