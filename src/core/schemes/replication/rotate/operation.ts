import { PLAN_FORMAT, type Plan, type PlanPicture } from '../../../plan/plan';
import type { Operation, PlanRequest, QuestionAnswer } from '../../scheme';
import { shellQuote } from '../../../quote';
import { standbyOf } from '../deploy/context';
import { otherController } from '../operation/context';
import { planDigest } from '../operation/digest';
import { nextToken } from '../operation/epochs';
import { helperSettings } from '../operation/helperSettings';
import type { ReplicationSite } from '../site';
import { BROUGHT_HELPER, DEPLOYED_HELPER, stepKit } from '../steps/kit';
import { accountsOf, twoPasswords } from './accounts';
import { rotateChecks } from './checks';
import { ALL, passwordsQuestion, rotateContext, type RotateContext } from './context';
import { rotateSteps } from './steps';
import { localClient } from '../sql/client';

function picture({ site, source, target, accounts }: RotateContext, done: boolean): PlanPicture {
  const users = accounts.map(({ user }) => user).join(', ');
  return {
    vip: { address: site.vip, holder: source.name },
    nodes: [
      { host: source.name, role: 'primary', lines: [`${users}: ${done ? 'new password' : 'old password'}`] },
      { host: target.name, role: 'standby', lines: [] },
    ],
    arrows: [{ from: source.name, to: target.name, label: 'replication' }],
  };
}

function plan(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): Plan {
  const context = rotateContext(request, answers);
  const { source, target, site, method, seen, accounts } = context;
  const roleFlag = method === 'role-flag';
  const users = accounts.map(({ user }) => user).join(' and ');
  return {
    format: PLAN_FORMAT,
    id: request.id,
    operation: 'rotate',
    mode: request.mode,
    site: site.name,
    title: `Change the password of ${users} in ${site.name}`,
    summary: [
      `${users} get a second password, which is tried and used before the first one goes. Nobody is cut off.`,
      `${target.name} reconnects once; what it has received goes on being applied.`,
      'Until the old password goes, everything can be taken back.',
      `Afterwards the new value counts under the old name (${accounts.map(({ secret }) => secret).join(', ')}).`,
    ],
    confirmation: {
      question: `Change the password of ${users}?`,
      detail: `Both passwords count until the new one is seen to work. Then the old one opens nothing any more.`,
      verb: 'Change Passwords',
    },
    createdAtMs: request.nowMs,
    digest: planDigest(site, request.observation),
    checks: rotateChecks(context),
    leaseHosts: [source.name, target.name],
    helperPath: roleFlag ? DEPLOYED_HELPER : BROUGHT_HELPER,
    bringHelper: !roleFlag,
    helperSettings: roleFlag ? {} : helperSettings(site),
    token: nextToken([seen.source, seen.target]),
    steps: rotateSteps(context, stepKit(context)),
    pointOfNoReturn: 'discard',
    secrets: accounts.flatMap(({ secret, next }) => [secret, next]),
    picture: { before: picture(context, false), after: picture(context, true) },
  };
}

/** "Rotate Passwords": of replication and CLONE, without an interruption. */
export const rotate: Operation<ReplicationSite> = {
  id: 'rotate',
  title: 'Rotate Passwords',
  targets(site) {
    return [
      {
        host: ALL,
        label: 'both accounts',
        detail: accountsOf(site)
          .map(({ user }) => user)
          .join(', '),
      },
      ...accountsOf(site).map(({ id, user, secret }) => ({
        host: id,
        label: user,
        detail: `secret ${secret}`,
      })),
    ];
  },
  questions(site, _target, observation) {
    const mysql = localClient(site.mysql.socket);
    const primary = otherController(site, standbyOf(site, observation).name).name;
    return accountsOf(site).map((account) => ({
      id: passwordsQuestion(account.id),
      host: primary,
      script: `echo ${shellQuote(twoPasswords(account))} | ${mysql}`,
      timeoutMs: 3_000,
    }));
  },
  secrets: (site) => accountsOf(site).flatMap(({ secret, next }) => [secret, next]),
  digest: planDigest,
  plan,
};
