import type { CheckResult } from '../../../plan/plan';
import { access } from '../checks/access';
import { heartbeat } from '../checks/heartbeat';
import { operationUnfinished } from '../checks/operationUnfinished';
import { rolesAgree } from '../checks/rolesAgree';
import { threads } from '../checks/threads';
import { type Check, need, needAnswer, passed, runCheck, verdict } from '../operation/check';
import { passwordsQuestion, type RotateContext } from './context';

/** A second password that is there already is somebody's: adding ours would throw it away without a word. */
const onePassword: Check<RotateContext> = {
  id: 'one-password',
  title: 'Each account is there, with one password',
  level: 'block',
  run(context) {
    const against = context.accounts.flatMap(({ id, user }) => {
      const answer = needAnswer(context, passwordsQuestion(id), context.source.name);
      if (answer === '') return [`${context.source.name} has no account ${user}@%`];
      return answer === '0' ? [] : [`${user}@% has two passwords already`];
    });
    return verdict(
      against,
      'A rotation that was begun is resumed or undone. Else find out who uses the second one, then ALTER USER … DISCARD OLD PASSWORD.',
      context.accounts.map(({ user }) => `${user}@%: one password`),
    );
  },
};

const secrets: Check<RotateContext> = {
  id: 'secrets',
  title: 'Both passwords are known here',
  level: 'block',
  run({ accounts, secretsAvailable }) {
    const lacking = accounts
      .flatMap(({ secret, next }) => [secret, next])
      .filter((name) => !secretsAvailable.includes(name));
    if (lacking.length === 0) return passed(accounts.map(({ next }) => `${next}: set`).join(', '));
    return verdict(
      lacking.map((name) => `${name} has no value`),
      'The new value is kept under the name with .next until it counts alone ("Rotate Passwords" makes one).',
      [],
    );
  },
};

/** The channel is changed on the standby: it must be this account that it logs in with. */
const ownChannel: Check<RotateContext> = {
  id: 'own-channel',
  title: 'The standby replicates with the account of the inventory',
  level: 'block',
  run({ seen, target, accounts }) {
    const rotated = accounts.find(({ id }) => id === 'replication');
    if (rotated === undefined) return passed('replication keeps its password');
    const user = need(seen.target.mysql, target.name, 'MySQL').replica?.sourceUser;
    return verdict(
      user === rotated.user
        ? []
        : [`${target.name} replicates as ${user ?? 'nobody'}, the inventory names ${rotated.user}`],
      'Correct mysql.replicationUser in the inventory.',
      [`${target.name} replicates as ${rotated.user}`],
    );
  },
};

const CHECKS: readonly Check<RotateContext>[] = [
  operationUnfinished,
  access,
  rolesAgree,
  threads,
  heartbeat,
  onePassword,
  ownChannel,
  secrets,
];

export function rotateChecks(context: RotateContext): CheckResult[] {
  return CHECKS.map((check) => runCheck(check, context));
}
