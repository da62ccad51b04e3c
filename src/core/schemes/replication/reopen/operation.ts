import { PLAN_FORMAT, type Plan, type PlanPicture } from '../../../plan/plan';
import type { Operation, PlanRequest, QuestionAnswer } from '../../scheme';
import { planDigest } from '../operation/digest';
import { nextToken } from '../operation/epochs';
import { helperSettings } from '../operation/helperSettings';
import type { ReplicationSite } from '../site';
import { roleOf } from '../state/roles';
import { BROUGHT_HELPER, DEPLOYED_HELPER, stepKit } from '../steps/kit';
import { reopenChecks } from './checks';
import { isFollowed, isPrimaryByRecord, leasesBoth, reopenContext, type ReopenContext } from './context';
import { reopenSteps } from './steps';

function summary(context: ReopenContext): string[] {
  const { target, source, site, method } = context;
  if (!isPrimaryByRecord(context)) {
    return [
      `${target.name} is a standby: it stays closed. Only what held it closed by hand goes.`,
      'Users notice nothing.',
    ];
  }
  return [
    `${target.name} is opened again as the primary of ${site.name}: ${site.vip}, MySQL, ClusterControl. It goes on with the data that it has.`,
    method === 'role-flag'
      ? `Its helper asks ${source.name}, ${site.prometheus.name} and the network first, and refuses where anybody else is active or knows a newer primary; then the hold comes back.`
      : `Nothing on these hosts remembers who the primary is: make sure that ${source.name} has not taken over meanwhile.`,
    ...(method === 'keepalived' && !isFollowed(context)
      ? [
          `lsyncd is not started: ${source.name} is not seen to follow ${target.name}. Prepare it as a secondary.`,
        ]
      : []),
    ...(method === 'role-flag'
      ? [`Its guard starts lsyncd as soon as ${source.name} answers as its standby.`]
      : []),
  ];
}

function picture(context: ReopenContext, after: boolean): PlanPicture {
  const { site, source, target } = context;
  const opened = after && isPrimaryByRecord(context);
  const lines = opened ? ['MySQL read-write', 'cmon runs'] : ['MySQL read-only', 'cmon stopped'];
  return {
    vip: { address: site.vip, holder: opened ? target.name : undefined },
    nodes: [
      { host: target.name, role: isPrimaryByRecord(context) ? 'primary' : 'standby', lines },
      { host: source.name, role: 'the other one', lines: ['stays as it is'] },
    ],
    arrows: opened ? [{ from: target.name, to: source.name, label: 'replication' }] : [],
  };
}

function plan(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): Plan {
  const context = reopenContext(request, answers);
  const { site, target, seen, method } = context;
  const roleFlag = method === 'role-flag';
  const both = leasesBoth(context);
  const steps = reopenSteps(stepKit(context));
  return {
    format: PLAN_FORMAT,
    id: request.id,
    operation: 'reopen',
    mode: request.mode,
    site: site.name,
    title: `Reopen ${target.name} in ${site.name}`,
    summary: summary(context),
    confirmation: {
      question: `Reopen ${target.name}?`,
      detail: summary(context).join(' '),
      verb: `Reopen ${target.name}`,
    },
    createdAtMs: request.nowMs,
    digest: planDigest(site, request.observation),
    checks: reopenChecks(context),
    leaseHosts: both ? [context.source.name, target.name] : [target.name],
    helperPath: roleFlag ? DEPLOYED_HELPER : BROUGHT_HELPER,
    bringHelper: !roleFlag,
    helperSettings: roleFlag ? {} : helperSettings(site),
    token: nextToken(both ? [seen.source, seen.target] : [seen.target]),
    steps,
    pointOfNoReturn: steps.find(({ phase }) => phase === 'open')?.id ?? '',
    secrets: [],
    picture: { before: picture(context, false), after: picture(context, true) },
  };
}

/** "Reopen This Host": the way back from "Close This Host". */
export const reopen: Operation<ReplicationSite> = {
  id: 'reopen',
  title: 'Reopen This Host',
  targets(site, observation) {
    return site.controllers.map(({ name }) => {
      const { likely, reasons } = roleOf(site, observation, name);
      const role = observation.hosts[name]?.role;
      const held = role?.known === true && role.value.held === true;
      return { host: name, label: held ? `${likely}, held closed` : likely, detail: reasons.join('; ') };
    });
  },
  questions: () => [],
  secrets: () => [],
  digest: planDigest,
  plan,
};
