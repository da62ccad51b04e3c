import type { SiteHost } from '../../../inventory/site';
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
 * A donor goes on waiting for a recipient that lost its power, until TCP gives up: its connection alone is no CLONE where
 * the host that it comes from runs none.
 */
function isLeftover(connection: string, { name, address }: SiteHost, running: readonly string[]): boolean {
  const host = /@([^@]*?)(?::\d+)?$/.exec(connection)?.[1] ?? '';
  const from = host === address || host === name || host.startsWith(`${name}.`);
  return from && running.length === 0;
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
    const leftover = here.clones.filter((connection) => isLeftover(connection, target, there.clones));
    const clones = [
      ...here.clones
        .filter((connection) => !leftover.includes(connection))
        .map((connection) => `${source.name}: a CLONE is under way (connection ${connection})`),
      ...there.clones.map((connection) => `${target.name}: a CLONE is under way (connection ${connection})`),
    ];
    const work = [
      ...jobs.map((job) => `${source.name}: job of cmon: ${job}`),
      ...backups.map((program) => `${source.name}: ${program} runs`),
      ...here.long
        .filter(({ connection }) => !leftover.some((one) => one.startsWith(`${connection} of `)))
        .map((one) => described(source.name, one)),
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
      [
        ...leftover.map(
          (connection) => `${source.name}: a CLONE that broke off has left connection ${connection}`,
        ),
        ...(jobsUnknown === undefined
          ? []
          : [`${source.name}: whether jobs of cmon run is not known: ${jobsUnknown}`]),
      ],
      'Look at the activities in ClusterControl (`s9s job --list` as root must be able to log in for them to be seen). A connection that was left ends by itself; KILL ends it at once.',
      [`${source.name}: no job, no backup, no CLONE, no transaction of more than ${LONG_SECONDS} s`],
      'warn',
    );
  },
};
