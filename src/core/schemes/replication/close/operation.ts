import { PLAN_FORMAT, type Plan, type PlanPicture } from '../../../plan/plan';
import type { Operation, PlanRequest, QuestionAnswer } from '../../scheme';
import { nextToken } from '../operation/epochs';
import { helperSettings } from '../operation/helperSettings';
import type { ReplicationSite } from '../site';
import { holdsVip, roleOf } from '../state/roles';
import { BROUGHT_HELPER, DEPLOYED_HELPER, stepKit } from '../steps/kit';
import { afterwardsOf, byHand, closeChecks } from './checks';
import { closeContext, type CloseContext, closeDigest, isClosed, takesWrites } from './context';
import { closeSteps } from './steps';

function whatUsersNotice(context: CloseContext): string {
  const { site, observation, source, target, otherServes } = context;
  if (isClosed(site, observation, source.name)) {
    return `${source.name} serves nobody now: users notice nothing.`;
  }
  return otherServes
    ? `${target.name} takes writes and holds ${site.vip}: users go on there. Who is connected to ${source.name} can write no more.`
    : `THIS IS AN OUTAGE: nobody is seen to serve users but ${source.name}. From then on ${afterwardsOf(context)}, until it is reopened or ${target.name} takes over.`;
}

function howLong({ source, method }: CloseContext): string {
  return method === 'role-flag'
    ? `${source.name} stays closed over reboots: a hold on its disk keeps its guard from opening it, until "Reopen This Host", "Prepare as Secondary" or a promotion of it.`
    : `Hosts of the documented configuration have no guard: MySQL stays closed over a reboot, by a persisted setting, or by its disabled unit where it does not answer; but keepalived and ClusterControl come back with one. Switch ${source.name} off where that must not be.`;
}

/** True of a living host that is closed: the planned way is shut, half-way is open. */
function waysOut({ source, target, method, otherServes }: CloseContext): string {
  const back = `"Reopen This Host" opens ${source.name} again where it is the primary.`;
  if (otherServes)
    return `${back} If ${target.name} stays the primary: "Prepare as Secondary" for ${source.name}.`;
  return method === 'role-flag'
    ? `${back} Or "Fail Over" to ${target.name}, "the host lives" (--mode half-way): what only ${source.name} has is brought over first.`
    : `${back} Or switch it off and "Fail Over" to ${target.name}.`;
}

function half(context: CloseContext, closed: boolean): PlanPicture {
  const { site, observation, source, target, seen } = context;
  const kept = context.method === 'role-flag' ? 'also over reboots' : 'MySQL also at its next start';
  const node = (host: string): PlanPicture['nodes'][number] => {
    const { likely } = roleOf(site, observation, host);
    const writes = takesWrites(site, observation, host);
    const says = writes === undefined ? 'MySQL: not known' : writes ? 'MySQL read-write' : 'MySQL read-only';
    if (host === source.name && closed) return { host, role: likely, lines: ['closed', kept] };
    return { host, role: likely, lines: [says] };
  };
  const holders = [source.name, target.name].filter(
    (name) =>
      holdsVip(site, name === source.name ? seen.source : seen.target) === true &&
      !(closed && name === source.name),
  );
  return {
    vip: { address: site.vip, holder: holders[0] },
    nodes: [node(source.name), node(target.name)],
    arrows: [],
  };
}

function plan(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): Plan {
  const context = closeContext(request, answers);
  const { site, source, seen, method } = context;
  const roleFlag = method === 'role-flag';
  const lease = seen.source.role.known ? seen.source.role.value.lease : undefined;
  return {
    format: PLAN_FORMAT,
    id: request.id,
    operation: 'close',
    mode: request.mode,
    site: site.name,
    title: `Close ${source.name} in ${site.name}`,
    summary: [
      `${source.name} gives up ${site.vip}, its MySQL takes no writes, ClusterControl and lsyncd end there. Nothing is done on any other host.`,
      whatUsersNotice(context),
      howLong(context),
      waysOut(context),
      `If it can't be told (no ssh, no helper, a disk too full for a lease): ${byHand(context)}`,
    ],
    confirmation: {
      question: `Close ${source.name} now?`,
      detail: `${whatUsersNotice(context)} ${howLong(context)}`,
      verb: `Close ${source.name}`,
    },
    createdAtMs: request.nowMs,
    digest: closeDigest(site, request.observation),
    checks: closeChecks(context),
    leaseHosts: [source.name],
    takesOver: lease === undefined ? [] : [lease.plan],
    helperPath: roleFlag ? DEPLOYED_HELPER : BROUGHT_HELPER,
    bringHelper: !roleFlag,
    helperSettings: roleFlag ? {} : helperSettings(site),
    token: nextToken([seen.source]),
    steps: closeSteps(stepKit(context)),
    pointOfNoReturn: 'close',
    afterwards: waysOut(context),
    secrets: [],
    picture: { before: half(context, false), after: half(context, true) },
  };
}

/** "Close This Host": one host's emergency stop, whatever its state and whoever else answers. */
export const close: Operation<ReplicationSite> = {
  id: 'close',
  title: 'Close This Host',
  urgent: true,
  targets(site, observation) {
    return site.controllers.map(({ name }) => {
      const { likely, reasons } = roleOf(site, observation, name);
      return { host: name, label: likely, detail: reasons.join('; ') };
    });
  },
  questions: () => [],
  secrets: () => [],
  digest: closeDigest,
  plan,
};
