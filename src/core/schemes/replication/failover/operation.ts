import { PLAN_FORMAT, type Plan, type PlanPicture } from '../../../plan/plan';
import type { Operation, PlanRequest, QuestionAnswer } from '../../scheme';
import { planDigest } from '../operation/digest';
import { nextToken } from '../operation/epochs';
import { helperSettings } from '../operation/helperSettings';
import { otherController } from '../operation/context';
import type { ReplicationSite } from '../site';
import { roleOf } from '../state/roles';
import { BROUGHT_HELPER, DEPLOYED_HELPER, stepKit } from '../steps/kit';
import { runEmergencyChecks } from './checks/table';
import { type EmergencyContext, emergencyContext, followsNobody, sourceHeld } from './context';
import { keptFolder } from '../rejoin/context';
import { EMERGENCY_MODES } from './fence';
import { halfWaySteps } from './halfWayOrder';
import { outageBegan } from './lastHeard';
import { emergencySteps } from './order';
import { failoverQuestions } from './questions';
import { rescueOf } from './rescuable';

function fenceSentence({ fence, source }: EmergencyContext): string {
  switch (fence?.kind) {
    case 'helper':
      return `${source.name} is closed over ssh, and held closed.`;
    case 'power-hook':
      return `${source.name} is switched off by your own command first.`;
    case 'powered-off':
      return `You say that ${source.name} is off: "${fence.words}"`;
    case 'isolated':
      return `You say that ${source.name} is cut off: "${fence.words}" The plan waits until its guard has closed it, ${fence.waitSeconds} s at most.`;
    case undefined:
      return `Nothing proves yet that ${source.name} writes no more, so this plan can not be started.`;
  }
}

function neverSent(context: EmergencyContext): string {
  const { source, target } = context;
  if (followsNobody(context)) {
    return `${target.name} follows nobody: it goes on with the data that it has, WITHOUT all that ${source.name} took since it was followed last. That stays on the disk of ${source.name} alone.`;
  }
  return context.mode === 'half-way' && 'oldestLog' in rescueOf(context)
    ? `What ${source.name} acknowledged and never sent is brought over from its binary logs, and applied, too.`
    : `What ${source.name} acknowledged and never sent is lost to ${target.name}; it stays on the disk of ${source.name}.`;
}

/** Half-way everything that the old primary has was brought over: nothing is lost to an lsyncd that the guard starts. */
function filesSentence({ source, target, mode, method }: EmergencyContext): string {
  if (mode !== 'half-way') return 'lsyncd is not started.';
  const now = `The files of ${source.name} are brought over first`;
  if (method !== 'role-flag') return `${now}; lsyncd is not started.`;
  return `${now}; the guard of ${target.name} starts lsyncd once ${source.name} answers as a standby.`;
}

function summary(context: EmergencyContext): string[] {
  const { source, target, site, method, mode, seen } = context;
  return [
    `${target.name} becomes the primary controller of ${site.name}, without ${source.name}.`,
    fenceSentence(context),
    followsNobody(context)
      ? neverSent(context)
      : `Everything that ${target.name} has received is applied first. ${neverSent(context)}`,
    `${site.vip} comes to ${target.name}. ${filesSentence(context)} Prepare ${source.name} as a secondary when it is back.`,
    ...(method === 'keepalived'
      ? [
          `These hosts have the documented configuration: ${source.name} comes back writable. Do not power it on before it is cut off or prepared as a secondary.`,
        ]
      : []),
    ...(method === 'role-flag' && mode === 'emergency' && !seen.witness.role.known
      ? [`The witness is away: the epoch is known to ${target.name} alone until it answers.`]
      : []),
  ];
}

/** The controller on which the address was seen: half-way the old primary has it still, on documented hosts the target may already. */
function vipSeenOn({ seen, site, source, target }: EmergencyContext): string | undefined {
  const sides = [
    [source.name, seen.source.addresses],
    [target.name, seen.target.addresses],
  ] as const;
  return sides.find(
    ([, addresses]) => addresses.known && addresses.value.some(({ address }) => address === site.vip),
  )?.[0];
}

function picture(context: EmergencyContext): { before: PlanPicture; after: PlanPicture } {
  const { source, target, site, mode } = context;
  const prom = { host: site.prometheus.name, role: 'Prometheus', lines: ['stays as it is'] };
  const dead = sourceHeld(context)
    ? ['closed by hand', 'the host answers']
    : mode === 'half-way'
      ? ['MySQL is dead', 'the host answers']
      : ['does not answer'];
  return {
    before: {
      vip: { address: site.vip, holder: vipSeenOn(context) },
      nodes: [
        { host: source.name, role: 'primary', lines: dead },
        { host: target.name, role: 'standby', lines: ['MySQL read-only', 'cmon stopped', 'lsyncd stopped'] },
        prom,
      ],
      arrows: [],
    },
    after: {
      vip: { address: site.vip, holder: target.name },
      nodes: [
        { host: source.name, role: 'standby', lines: ['closed', 'to be prepared as a secondary'] },
        { host: target.name, role: 'primary', lines: ['MySQL read-write', 'cmon runs', 'lsyncd rests'] },
        prom,
      ],
      arrows: [],
    },
  };
}

function plan(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): Plan {
  const context = emergencyContext({ ...request, answers });
  const { source, target, site, method, mode, seen } = context;
  const kit = stepKit(context);
  const halfWay = mode === 'half-way' && method === 'role-flag';
  const leaseHosts = halfWay ? [source.name, target.name] : [target.name];
  const around = {
    site: site.name,
    operation: 'failover',
    mode,
    target: target.name,
    plan: request.id,
    operator: request.operator,
  };
  const roleFlag = method === 'role-flag';
  return {
    format: PLAN_FORMAT,
    id: request.id,
    operation: 'failover',
    mode,
    site: site.name,
    title: `Fail over to ${target.name} in ${site.name}`,
    summary: summary(context),
    confirmation: {
      question: `Fail over to ${target.name} without ${source.name}?`,
      detail: `${fenceSentence(context)} ${neverSent(context)} Once ${target.name} is open there is no way back but a planned promotion.`,
      verb: `Fail Over to ${target.name}`,
    },
    createdAtMs: request.nowMs,
    digest: planDigest(site, request.observation),
    checks: runEmergencyChecks(context),
    leaseHosts,
    helperPath: roleFlag ? DEPLOYED_HELPER : BROUGHT_HELPER,
    bringHelper: !roleFlag,
    helperSettings: roleFlag ? {} : helperSettings(site),
    token: nextToken(halfWay ? [seen.source, seen.target] : [seen.target]),
    steps: halfWay
      ? halfWaySteps(kit, context, keptFolder(request.id))
      : emergencySteps(kit, context, around),
    pointOfNoReturn: 'open',
    outageBegan: outageBegan(context),
    afterwards: `${target.name} has no standby. Once the host of ${source.name} runs again: "Prepare as Secondary" for ${source.name}.`,
    secrets: failover.secrets(site),
    picture: picture(context),
  };
}

/** "Fail Over": the primary is dead. What was received is kept, what may be lost is stated, and the old primary stays closed. */
export const failover: Operation<ReplicationSite> = {
  id: 'failover',
  title: 'Fail Over',
  modes: EMERGENCY_MODES,
  targets(site, observation) {
    return site.controllers
      .map(({ name }) => ({ name, ...roleOf(site, observation, name) }))
      .sort((a, b) => Number(b.likely === 'standby') - Number(a.likely === 'standby'))
      .map(({ name, likely, reasons }) => ({
        host: name,
        label: likely,
        detail:
          likely === 'primary'
            ? `is the primary; ${otherController(site, name).name} would take over`
            : reasons.join('; '),
      }));
  },
  questions: (site, target, _observation, mode) => failoverQuestions(site, target, mode),
  secrets: (site) => [site.mysql.replicationUser.password.secret],
  digest: planDigest,
  plan,
};
