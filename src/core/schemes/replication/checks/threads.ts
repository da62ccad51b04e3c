import { type Check, need, verdict } from '../operation/check';

/** Both threads run, no worker has an error, nothing is delayed on purpose. */
export const threads: Check = {
  id: 'threads',
  title: 'Both replication threads run without errors',
  level: 'block',
  run({ seen, target }) {
    const replica = need(seen.target.mysql, target.name, 'MySQL').replica;
    if (replica === undefined) {
      return verdict([`${target.name} has no replication channel`], 'Prepare it as a secondary first.', []);
    }
    const against: string[] = [];
    if (replica.ioRunning !== 'Yes') {
      against.push(`IO thread: ${replica.ioRunning}. ${replica.ioError}`.trim());
    }
    if (replica.sqlRunning !== 'Yes') {
      against.push(`SQL thread: ${replica.sqlRunning}. ${replica.sqlError}`.trim());
    }
    against.push(...replica.workerErrors.map((error) => `applier: ${error}`));
    if (replica.sqlDelaySeconds > 0) {
      against.push(`SOURCE_DELAY is ${replica.sqlDelaySeconds} s`);
    }
    return verdict(
      against,
      `Repair replication on ${target.name} (SHOW REPLICA STATUS names the cause) and plan again. Nothing has changed.`,
      [`${target.name}: IO Yes, SQL Yes`],
    );
  },
};
