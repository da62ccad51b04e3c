import { type Check, needAnswer, passed, UnknownFact } from '../operation/check';

/** The old primary must be able to log in to the new one as the replication user, or the way back is shut. */
export const reverseLogin: Check = {
  id: 'reverse-login',
  title: 'The old primary can replicate from the new one',
  level: 'block',
  run(context) {
    const { source, target, site } = context;
    const user = site.mysql.replicationUser.user;
    const answer = context.answers['reverse-login'];
    if (answer?.answered === true && answer.exitCode !== 0) {
      return {
        outcome: 'fired',
        evidence: [`${source.name} as ${user} to ${target.name}: ${answer.stderr.trim()}`],
        remedy: `Let '${user}' log in to ${target.name} from ${source.address} and from ${site.vip}, with the password of the inventory's secret.`,
      };
    }
    if (needAnswer(context, 'reverse-login', source.name) !== '1') {
      throw new UnknownFact(`${source.name}: the login to ${target.name} gave no answer`);
    }
    return passed(`${source.name} logged in to ${target.name} as ${user}`);
  },
};
