import { type Check, need, needAnswer, passed, UnknownFact, verdict } from '../../operation/check';
import { donorFacts, hostFacts, QUESTIONS } from '../answers';
import type { RejoinContext } from '../context';

const notNeeded = passed('no CLONE is needed');

function cloned({ way }: RejoinContext): boolean {
  return way?.kind !== 'follow';
}

/** Both servers need the plugin, and the same version: MySQL refuses others (error 3864, 3863). */
export const cloneReady: Check<RejoinContext> = {
  id: 'clone-ready',
  title: 'CLONE is possible between the two servers',
  level: 'block',
  run(context) {
    if (!cloned(context)) return notNeeded;
    const { seen, host, primary } = context;
    const here = need(seen.host.mysql, host.name, 'MySQL');
    const there = need(seen.primary.mysql, primary.name, 'MySQL');
    const against = [
      ...(here.clonePlugin ? [] : [`${host.name}: the clone plugin is not active`]),
      ...(there.clonePlugin ? [] : [`${primary.name}: the clone plugin is not active`]),
      ...(here.version === there.version
        ? []
        : [`${host.name} runs ${here.version}, ${primary.name} ${there.version}`]),
    ];
    return verdict(against, 'Load mysql_clone.so on both (plugin-load-add), and bring both to one version.', [
      `both run ${here.version} with the clone plugin`,
    ]);
  },
};

/** CLONE copies InnoDB only; tables of other engines arrive empty, without an error (MySQL manual, "Clone Plugin Limitations"). */
export const otherEngines: Check<RejoinContext> = {
  id: 'other-engines',
  title: 'All tables of the primary are InnoDB',
  level: 'block',
  run(context) {
    if (!cloned(context)) return notNeeded;
    const facts = donorFacts(context.answers);
    if (facts === undefined) throw new UnknownFact(`${context.primary.name}: its tables could not be listed`);
    return verdict(
      facts.otherEngines.map((table) => `${context.primary.name}: ${table}`),
      'CLONE would deliver them empty. ALTER TABLE … ENGINE = InnoDB on the primary, or drop them.',
      [`${context.primary.name}: no table of another engine`],
    );
  },
};

export const diskForClone: Check<RejoinContext> = {
  id: 'disk-for-clone',
  title: 'There is room for the copy',
  level: 'block',
  run(context) {
    if (!cloned(context)) return notNeeded;
    const { answers, host, primary } = context;
    const [here, there] = [hostFacts(answers), donorFacts(answers)];
    if (here === undefined || there === undefined || !(here.freeBytes >= 0) || !(there.dataBytes >= 0)) {
      throw new UnknownFact('free space or the size of the data could not be read');
    }
    const mib = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MiB`;
    return verdict(
      here.freeBytes > there.dataBytes
        ? []
        : [
            `${host.name} has ${mib(here.freeBytes)} free, ${primary.name} has ${mib(there.dataBytes)} of data`,
          ],
      `Make room where ${host.name} has its data: a CLONE that fills the disk leaves it with neither.`,
      [`${mib(here.freeBytes)} free for ${mib(there.dataBytes)}`],
    );
  },
};

/** As the CLONE will log in: the same account, from the same host, to the same name. */
export const cloneLogin: Check<RejoinContext> = {
  id: 'clone-login',
  title: 'The host may clone from the primary',
  level: 'block',
  run(context) {
    if (!cloned(context)) return notNeeded;
    const { answers, host, primary, site } = context;
    const { user } = site.mysql.cloneUser;
    const answer = answers[QUESTIONS.cloneLogin];
    const remedy = `On ${primary.name}: CREATE USER '${user}'@'${host.address}' IDENTIFIED BY '…'; GRANT BACKUP_ADMIN ON *.* TO '${user}'@'${host.address}'; with the password of the inventory's secret.`;
    if (answer?.answered === true && answer.exitCode !== 0) {
      return verdict([`${host.name} as ${user} to ${primary.name}: ${answer.stderr.trim()}`], remedy, []);
    }
    const grants = needAnswer(context, QUESTIONS.cloneLogin, host.name);
    return verdict(
      /\bBACKUP_ADMIN\b|ALL PRIVILEGES/.test(grants) ? [] : [`${user} lacks BACKUP_ADMIN on ${primary.name}`],
      remedy,
      [`${host.name} logged in to ${primary.name} as ${user}, which has BACKUP_ADMIN`],
    );
  },
};
