import { PLAN_FORMAT, type Plan, type PlanPicture } from '../../../plan/plan';
import { shellQuote } from '../../../quote';
import { valueOf } from '../../../observe/fact';
import type { Operation, PlanRequest, QuestionAnswer } from '../../scheme';
import { guardSettings } from '../files/guard';
import { replicationFiles } from '../files/render';
import { planDigest } from '../operation/digest';
import { nextToken } from '../operation/epochs';
import type { ReplicationSite } from '../site';
import { DEPLOYED_HELPER } from '../steps/kit';
import { assessId, assessScript } from './assess/script';
import { runSetupChecks } from './checks/table';
import { setupSecrets } from './checks/surroundings';
import { setupContext, type SetupContext } from './context';
import { setupSteps } from './order';
import { BEGIN, setupKit } from './steps/kit';

/** The helper and its settings come with the lease, before the first step: they are no change of the site. */
const BROUGHT = [DEPLOYED_HELPER, '/etc/default/clustercontrol-ha'];

function digest(...arguments_: Parameters<typeof planDigest>): string {
  return planDigest(...arguments_)
    .split('\n')
    .filter((line) => !BROUGHT.some((path) => line.includes(`.${path}=`)))
    .join('\n');
}

function summary(context: SetupContext): string[] {
  const { primary, standby, site, facts, files } = context;
  const lacking = [primary, standby].flatMap(({ name }) => facts[name]?.lacking ?? []).length;
  const without = [primary, standby].filter(({ name }) => facts[name]?.cmonThere === false);
  return [
    `${primary.name} becomes the primary controller of ${site.name} and holds ${site.vip}; ${standby.name} becomes its standby; ${site.prometheus.name} bears witness.`,
    `${lacking} programs are installed, ${files.length} files brought; what is right already stays as it is.`,
    ...(without.length > 0
      ? [
          `You install ClusterControl on ${without.map(({ name }) => name).join(' and ')} when the plan asks for it; it waits.`,
        ]
      : []),
    `What MySQL on ${primary.name} holds stays. What MySQL on ${standby.name} holds is replaced by a copy of it.`,
    'A set-up that stops goes on where it stopped: every step looks first whether it is done.',
  ];
}

function picture(context: SetupContext, done: boolean): PlanPicture {
  const { site, primary, standby, facts } = context;
  const lines = (name: string): string[] => {
    if (done) return ['as the inventory says'];
    const known = facts[name];
    if (known === undefined) return ['what it has is unknown'];
    return [
      known.mysqld === undefined ? 'no MySQL' : `MySQL ${known.mysqld}`,
      known.cmonThere ? 'ClusterControl installed' : 'no ClusterControl',
      known.lacking.length === 0 ? 'nothing lacking' : `${known.lacking.length} programs lacking`,
    ];
  };
  return {
    vip: { address: site.vip, holder: done ? primary.name : undefined },
    nodes: [
      { host: primary.name, role: done ? 'primary' : 'host', lines: lines(primary.name) },
      { host: standby.name, role: done ? 'standby' : 'host', lines: lines(standby.name) },
      { host: site.prometheus.name, role: 'Prometheus', lines: done ? ['witness'] : [] },
    ],
    arrows: done
      ? [
          { from: primary.name, to: standby.name, label: 'replication' },
          { from: primary.name, to: standby.name, label: 'files' },
        ]
      : [],
  };
}

function plan(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): Plan {
  const context = setupContext(request, answers);
  const { site, primary, standby, seen } = context;
  const kit = setupKit(context);
  return {
    format: PLAN_FORMAT,
    id: request.id,
    operation: 'setup',
    mode: request.mode,
    site: site.name,
    title: `Set up ${site.name}: ${primary.name} as primary, ${standby.name} as its standby`,
    summary: summary(context),
    confirmation: {
      question: `Set up ${primary.name} and ${standby.name}?`,
      detail: `Packages, files, accounts and keys come to both controllers. The databases of ${standby.name} are replaced by a copy of ${primary.name}. It can be stopped and goes on later; it is not taken back.`,
      verb: `Set Up ${site.name}`,
    },
    createdAtMs: request.nowMs,
    digest: digest(site, request.observation),
    checks: runSetupChecks(context),
    leaseHosts: [primary.name, standby.name],
    helperPath: DEPLOYED_HELPER,
    bringHelper: true,
    helperStays: true,
    helperSettings: Object.fromEntries(site.controllers.map((one) => [one.name, guardSettings(site, one)])),
    token: nextToken([seen.primary, seen.standby]),
    steps: setupSteps(context, kit),
    pointOfNoReturn: BEGIN,
    stoppable: true,
    secrets: setupSecrets(
      site,
      context.files.map(({ file }) => file.content),
    ),
    picture: { before: picture(context, false), after: picture(context, true) },
  };
}

/** "Deploy ClusterControl Replication": from whatever the hosts have to a working pair. */
export const setup: Operation<ReplicationSite> = {
  id: 'setup',
  title: 'Set Up Pair',
  comparesFiles: true,
  targets(site, observation) {
    const named = site.controllers.flatMap(
      ({ name }) => valueOf(observation.hosts[name]?.role ?? NOT_ASKED)?.record?.primary ?? [],
    )[0];
    return [...site.controllers]
      .sort((a, b) => Number(b.name === named) - Number(a.name === named))
      .map(({ name, priority }) => ({
        host: name,
        label: name === named ? 'primary by its record' : `priority ${priority}`,
        detail: 'becomes the primary; the other one gets a copy of it',
      }));
  },
  questions(site, target) {
    const vip = shellQuote(site.vip);
    const link = shellQuote(site.controllers.find(({ name }) => name === target)?.interface ?? '');
    return [
      ...site.controllers.map((controller) => ({
        id: assessId(controller.name),
        host: controller.name,
        script: assessScript(site, controller),
        timeoutMs: 15_000,
      })),
      {
        id: 'vip-used',
        host: target,
        script: `if ip -4 -o addr | grep -qF ${shellQuote(` ${site.vip}/`)}; then exit 0; fi
ip neigh del ${vip} dev ${link} 2>/dev/null
timeout 1 bash -c ${shellQuote(`exec 3<>/dev/tcp/${site.vip}/22`)} 2>/dev/null
ip neigh show ${vip} dev ${link} 2>/dev/null | sed -n 's/.*lladdr \\([0-9a-fA-F:]*\\).*/\\1/p'`,
        timeoutMs: 5_000,
      },
    ];
  },
  secrets: (site) =>
    setupSecrets(
      site,
      replicationFiles(site).map(({ content }) => content),
    ),
  digest,
  plan,
};

const NOT_ASKED = { known: false, reason: 'not asked', atMs: 0, source: '' } as const;
