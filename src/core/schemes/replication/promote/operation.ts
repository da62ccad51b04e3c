import { PLAN_FORMAT, type Plan } from '../../../plan/plan';
import type { Operation, PlanRequest, QuestionAnswer } from '../../scheme';
import type { ReplicationSite } from '../site';
import { roleOf } from '../state/roles';
import { runChecks } from '../checks/table';
import { otherController, promoteContext, type PromoteContext } from '../operation/context';
import { planDigest } from '../operation/digest';
import { nextToken } from '../operation/epochs';
import { helperSettings } from '../operation/helperSettings';
import { plannedSteps } from './order';
import { promotePicture } from '../operation/picture';
import { promoteQuestions } from '../operation/questions';
import { BROUGHT_HELPER, DEPLOYED_HELPER, stepKit } from '../steps/kit';

function summary(context: PromoteContext): string[] {
  const { source, target, site, method } = context;
  return [
    `${target.name} becomes the primary controller of ${site.name}, ${source.name} its standby.`,
    `Writes stop from closing ${source.name} until ${target.name} opens; the management interface is away a little longer. Both are well below a second on a quiet network when cmon stops quickly.`,
    `${site.vip} moves to ${target.name}. Connections through it, perhaps your own, are cut.`,
    ...(method === 'keepalived'
      ? [
          `These hosts have the documented configuration: a reboot of ${source.name} later brings MySQL back writable. Deploy the hardened profile, or set super_read_only there by hand after each reboot.`,
        ]
      : []),
  ];
}

function plan(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): Plan {
  const context = promoteContext({ ...request, answers });
  const { source, target, site, method, seen } = context;
  const roleFlag = method === 'role-flag';
  return {
    format: PLAN_FORMAT,
    id: request.id,
    operation: 'promote',
    mode: 'planned',
    site: site.name,
    title: `Promote ${target.name} in ${site.name}`,
    summary: summary(context),
    confirmation: {
      question: `Promote ${target.name} and make ${source.name} its standby?`,
      detail: `${source.name} stops writing, ${site.vip} moves to ${target.name}, ClusterControl stops on ${source.name} and starts on ${target.name}. Until ${target.name} opens for writing everything can be undone.`,
      verb: `Promote ${target.name}`,
    },
    createdAtMs: request.nowMs,
    digest: planDigest(site, request.observation),
    checks: runChecks(context),
    leaseHosts: [source.name, target.name],
    helperPath: roleFlag ? DEPLOYED_HELPER : BROUGHT_HELPER,
    bringHelper: !roleFlag,
    helperSettings: roleFlag ? {} : helperSettings(site),
    token: nextToken([seen.source, seen.target]),
    steps: plannedSteps(stepKit(context)),
    pointOfNoReturn: 'open',
    otherwise: `Where ${source.name} does not come back: "Fail Over" to ${target.name}, or, where ${target.name} is open, "Prepare as Secondary" once ${source.name} is made anew.`,
    secrets: promote.secrets(site),
    picture: promotePicture(context),
  };
}

/** "Promote Standby", planned: both controllers live, nothing is lost, everything can be undone until the opening. */
export const promote: Operation<ReplicationSite> = {
  id: 'promote',
  title: 'Promote Standby',
  targets(site, observation) {
    return site.controllers
      .map(({ name }) => ({ name, ...roleOf(site, observation, name) }))
      .sort((a, b) => Number(b.role === 'standby') - Number(a.role === 'standby'))
      .map(({ name, role, reasons }) => ({
        host: name,
        label: role,
        detail:
          role === 'primary'
            ? `is the primary; its standby is ${otherController(site, name).name}`
            : reasons.join('; '),
      }));
  },
  questions: (site, target, observation) => promoteQuestions(site, target, observation),
  secrets: (site) => [site.mysql.replicationUser.password.secret],
  digest: planDigest,
  plan,
};
