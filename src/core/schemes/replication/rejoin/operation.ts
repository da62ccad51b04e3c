import { countTransactions } from '../../../gtid/set';
import { PLAN_FORMAT, type Plan } from '../../../plan/plan';
import type { Operation, PlanRequest, QuestionAnswer } from '../../scheme';
import { otherController } from '../operation/context';
import { planDigest } from '../operation/digest';
import { nextToken } from '../operation/epochs';
import { helperSettings } from '../operation/helperSettings';
import type { ReplicationSite } from '../site';
import { roleOf } from '../state/roles';
import { BROUGHT_HELPER, DEPLOYED_HELPER } from '../steps/kit';
import { runRejoinChecks } from './checks/table';
import { rejoinContext, type RejoinContext } from './context';
import { pointOfNoReturn, rejoinSteps } from './order';
import { rejoinPicture } from './picture';
import { rejoinQuestions } from './questions';
import { rejoinKit } from './steps/kit';

/** How many transactions of its own are kept, and how many are not: its binary logs no longer hold them. */
function own({ way }: RejoinContext): { kept: number; lost: number } {
  if (way === undefined) return { kept: 0, lost: 0 };
  const kept = countTransactions(way.kept);
  return { kept, lost: countTransactions(way.extra) - kept };
}

function summary(context: RejoinContext): string[] {
  const { host, primary, way, site, keptFolder } = context;
  const { kept, lost } = own(context);
  return [
    `${host.name} becomes the standby of ${primary.name} in ${site.name}. ${primary.name} goes on as it is; users notice nothing.`,
    way?.kind === 'follow'
      ? `${host.name} keeps its data and follows by auto position, without a CLONE.`
      : `The whole database of ${host.name} is dropped and replaced by a CLONE of ${primary.name}.`,
    ...(kept > 0
      ? [
          `${kept} transactions that only ${host.name} has are kept as files in ${keptFolder}, and leave its database.${lost > 0 ? ` ${lost} others are lost.` : ''}`,
        ]
      : lost > 0
        ? [`${lost} transactions that only ${host.name} has are lost: its binary logs no longer hold them.`]
        : []),
    `Files that differ on ${host.name} are kept before they are replaced.`,
  ];
}

function confirmation(context: RejoinContext): Plan['confirmation'] {
  const { host, primary, way, keptFolder } = context;
  const question = `Prepare ${host.name} as the secondary of ${primary.name}?`;
  const verb = `Prepare ${host.name}`;
  if (way?.kind === 'follow') {
    return { question, verb, detail: `${host.name} keeps its data and follows ${primary.name}.` };
  }
  const { kept, lost } = own(context);
  const survive =
    kept === 0
      ? ''
      : ` ${kept} transactions that only ${host.name} has survive as files in ${keptFolder} alone.`;
  const gone =
    lost === 0
      ? ''
      : ` ${lost} transactions that only ${host.name} has are lost: its binary logs no longer hold them.`;
  return {
    question,
    verb,
    detail: `All databases on ${host.name} are dropped and replaced by a copy of ${primary.name}.${survive}${gone} Until the copy begins everything can be taken back.`,
  };
}

function plan(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): Plan {
  const context = rejoinContext({ ...request, answers });
  const { host, primary, site, method, seen, way } = context;
  const roleFlag = method === 'role-flag';
  const kit = rejoinKit(context);
  return {
    format: PLAN_FORMAT,
    id: request.id,
    operation: 'rejoin',
    mode: way?.kind ?? 'unknown',
    site: site.name,
    title: `Prepare ${host.name} as secondary in ${site.name}`,
    summary: summary(context),
    confirmation: confirmation(context),
    createdAtMs: request.nowMs,
    digest: planDigest(site, request.observation),
    checks: runRejoinChecks(context),
    leaseHosts: [primary.name, host.name],
    helperPath: roleFlag ? DEPLOYED_HELPER : BROUGHT_HELPER,
    bringHelper: !roleFlag,
    helperSettings: roleFlag ? {} : helperSettings(site),
    token: nextToken([seen.primary, seen.host]),
    steps: rejoinSteps(kit),
    pointOfNoReturn: pointOfNoReturn(kit),
    secrets: rejoin.secrets(site),
    picture: rejoinPicture(context),
  };
}

/** "Prepare as Secondary": brings the controller that is not the primary back, without losing anything unseen. */
export const rejoin: Operation<ReplicationSite> = {
  id: 'rejoin',
  title: 'Prepare as Secondary',
  targets(site, observation) {
    return site.controllers
      .map(({ name }) => ({ name, ...roleOf(site, observation, name) }))
      .sort((a, b) => Number(a.likely === 'primary') - Number(b.likely === 'primary'))
      .map(({ name, likely, reasons }) => ({
        host: name,
        label: likely,
        detail:
          likely === 'primary'
            ? `is the primary; ${otherController(site, name).name} would be its standby`
            : reasons.join('; '),
      }));
  },
  questions: rejoinQuestions,
  secrets: (site) => [site.mysql.replicationUser.password.secret, site.mysql.cloneUser.password.secret],
  digest: planDigest,
  plan,
};
