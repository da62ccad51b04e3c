import { PLAN_FORMAT, type Plan, type PlanPicture } from '../../../plan/plan';
import type { Operation, PlanRequest, QuestionAnswer } from '../../scheme';
import { replicationFiles } from '../files/render';
import { planDigest } from '../operation/digest';
import { nextToken } from '../operation/epochs';
import { promoteQuestions } from '../operation/questions';
import { helperSettings } from '../operation/helperSettings';
import type { ReplicationSite } from '../site';
import { roleOf } from '../state/roles';
import { BROUGHT_HELPER, DEPLOYED_HELPER, stepKit } from '../steps/kit';
import { deployChecks, neededSecrets } from './checks';
import { deployContext, type DeployContext, standbyOf } from './context';
import { keptFolder } from './install';
import { deploySteps, pausesKeepalived } from './order';

function hostsOf({ chosen }: DeployContext): string[] {
  return [...new Set(chosen.map(({ file }) => file.host))];
}

function count(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`;
}

function summary(context: DeployContext): string[] {
  const { chosen, source, target, site } = context;
  const groups = new Set(chosen.map(({ file }) => file.group));
  return [
    `What the inventory says is brought to ${hostsOf(context).join(', ') || 'no host'}: ${count(chosen.length, 'file')}. What others wrote into shared files stays.`,
    `Each is checked by the program that reads it before it is put in place; the old version stays in ${keptFolder(context)} of its host.`,
    `${source.name} stays primary and ${site.vip} stays there: both are watched, and whatever goes wrong before the end brings every old file back.`,
    ...(pausesKeepalived(context)
      ? [
          `keepalived of ${target.name} is stopped for some seconds, because both must speak VRRP alike: meanwhile nobody could take ${site.vip} over.`,
        ]
      : []),
    ...(groups.has('mysql')
      ? ['MySQL is not restarted: its options take effect at its next start, on each controller.']
      : []),
    ...(groups.has('cmon') ? ['cmon is not restarted: its settings take effect at its next start.'] : []),
  ];
}

/** Roles don't change: the picture says which files do. */
function picture(context: DeployContext, deployed: boolean): PlanPicture {
  const { site, source, target, chosen } = context;
  const lines = (host: string): string[] => {
    const number = chosen.filter(({ file }) => file.host === host).length;
    if (number === 0) return ['stays as it is'];
    return [deployed ? `${count(number, 'file')} as rendered` : `${count(number, 'file')} to deploy`];
  };
  const node = (host: string, role: string) => ({ host, role, lines: lines(host) });
  return {
    vip: { address: site.vip, holder: source.name },
    nodes: [
      node(source.name, 'primary'),
      node(target.name, 'standby'),
      node(site.prometheus.name, 'Prometheus'),
    ],
    arrows: [{ from: source.name, to: target.name, label: 'replication' }],
  };
}

function plan(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): Plan {
  const context = deployContext(request, answers);
  const { source, target, site, method, seen, chosen } = context;
  const roleFlag = method === 'role-flag';
  const files = count(chosen.length, 'file');
  const hosts = hostsOf(context).join(', ');
  return {
    format: PLAN_FORMAT,
    id: request.id,
    operation: 'deploy',
    mode: request.mode,
    site: site.name,
    title: `Deploy ${files} to ${hosts || site.name}`,
    summary: summary(context),
    confirmation: {
      question: `Deploy ${files} to ${hosts}?`,
      detail: `They replace what the hosts have, and their daemons read them. ${source.name} stays primary, ${site.vip} stays there. Until all of it works everything can be undone.`,
      verb: `Deploy ${files}`,
    },
    createdAtMs: request.nowMs,
    digest: planDigest(site, request.observation),
    checks: deployChecks(context),
    leaseHosts: [source.name, target.name],
    helperPath: roleFlag ? DEPLOYED_HELPER : BROUGHT_HELPER,
    bringHelper: !roleFlag,
    helperSettings: roleFlag ? {} : helperSettings(site),
    token: nextToken([seen.source, seen.target]),
    steps: deploySteps(context, stepKit(context)),
    pointOfNoReturn: 'keep',
    secrets: neededSecrets(chosen.map(({ file }) => file.content)),
    picture: { before: picture(context, false), after: picture(context, true) },
  };
}

/** "Deploy": rendered files to the hosts, roles untouched. Everything can be undone until all of it works. */
export const deploy: Operation<ReplicationSite> = {
  id: 'deploy',
  title: 'Deploy',
  comparesFiles: true,
  targets(site, observation) {
    return [
      { host: 'all', label: 'every host', detail: 'all files that differ' },
      ...site.hosts.map(({ name }) => ({
        host: name,
        label: site.prometheus.name === name ? 'Prometheus' : roleOf(site, observation, name).likely,
        detail: 'its files that differ',
      })),
    ];
  },
  questions(site, _target, observation) {
    const asked = ['vip-hardware-address', 'vip-neighbour'];
    return promoteQuestions(site, standbyOf(site, observation).name).filter(({ id }) => asked.includes(id));
  },
  secrets: (site) => neededSecrets(replicationFiles(site).map(({ content }) => content)),
  digest: planDigest,
  plan,
};
