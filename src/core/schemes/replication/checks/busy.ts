import { type Check, needAnswer, verdict } from '../operation/check';
import { ASKED } from './asked/questions';
import { LONG_SECONDS, type LongWork, readServer } from './asked/server';
import { readWork } from './asked/work';

function described(host: string, { connection, account, seconds, verb }: LongWork): string {
  const who =
    connection === '0' ? 'a prepared XA transaction' : `connection ${connection} of ${account || 'unknown'}`;
  return `${host}: ${who} works for ${seconds} s${verb === '' ? '' : ` (${verb})`}`;
}

/**
 * Jobs, backups and long transactions of the primary are cut by a promotion. A CLONE blocks it: the recipient's data is not
 * whole before its end.
 */
export const busy: Check = {
  id: 'busy',
  title: 'Nothing long is under way on the primary',
  level: 'block',
  run(context) {
    const { source, target } = context;
    const here = readServer(source.name, needAnswer(context, ASKED.serverSource, source.name));
    const there = readServer(target.name, needAnswer(context, ASKED.serverTarget, target.name));
    const { jobs, jobsUnknown, backups } = readWork(needAnswer(context, ASKED.work, source.name));
    const clones = [
      ...here.clones.map((connection) => `${source.name}: a CLONE is under way (connection ${connection})`),
      ...there.clones.map((connection) => `${target.name}: a CLONE is under way (connection ${connection})`),
    ];
    const work = [
      ...jobs.map((job) => `${source.name}: job of cmon: ${job}`),
      ...backups.map((program) => `${source.name}: ${program} runs`),
      ...here.long.map((one) => described(source.name, one)),
    ];
    if (clones.length > 0) return verdict([...clones, ...work], 'Wait until the CLONE has ended.', []);
    if (work.length > 0) {
      return verdict(
        work,
        'Wait for its end, or stop it in order: a promotion ends connections, jobs and backups half-way.',
        [],
        'acknowledge',
      );
    }
    return verdict(
      jobsUnknown === undefined
        ? []
        : [`${source.name}: whether jobs of cmon run is not known: ${jobsUnknown}`],
      'Look at the activities in ClusterControl. `s9s job --list` as root must be able to log in for this to be seen.',
      [`${source.name}: no job, no backup, no CLONE, no transaction of more than ${LONG_SECONDS} s`],
      'warn',
    );
  },
};
