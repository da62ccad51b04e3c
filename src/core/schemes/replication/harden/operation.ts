import { PLAN_FORMAT, type Plan, type PlanPicture } from '../../../plan/plan';
import type { Operation, PlanRequest, QuestionAnswer } from '../../scheme';
import { neededSecrets } from '../deploy/checks';
import { standbyOf } from '../deploy/context';
import { keptFolder } from '../deploy/install';
import { replicationFiles } from '../files/render';
import { planDigest } from '../operation/digest';
import { nextToken } from '../operation/epochs';
import { helperSettings } from '../operation/helperSettings';
import { promoteQuestions } from '../operation/questions';
import type { ReplicationSite } from '../site';
import { BROUGHT_HELPER } from '../steps/kit';
import { hardenChecks } from './checks';
import { hardenContext, type HardenContext } from './context';
import { hardenSteps } from './order';

function summary(context: HardenContext): string[] {
  const { source, target, site } = context;
  return [
    `${site.name} is led to the hardened profile while it runs: from then on ${site.vip} and MySQL follow a role that is on disk, and a guard on each controller keeps to it.`,
    `${source.name} stays primary. cmon and MySQL go on there, ${site.vip} stays there: keepalived changes over by a reload.`,
    `MySQL of ${target.name} is restarted once, closed, as the proof that its new options work.`,
    `keepalived of ${target.name} is stopped for some seconds: meanwhile nobody could take ${site.vip} over, and at no time two hold it.`,
    `Every old file is kept in ${keptFolder(context)} of its host. Whatever goes wrong before the end brings all of it back; once keepalived has changed over, that takes ${site.vip} away for about 5 s.`,
    `After a power cut ${source.name} then stays closed until ${target.name} or ${site.prometheus.name} confirms its role.`,
  ];
}

function picture({ site, source, target }: HardenContext, hardened: boolean): PlanPicture {
  const keeps = hardened ? 'a guard keeps it to its role' : 'nothing keeps it to its role';
  const boots = hardened ? 'MySQL boots read-only' : 'MySQL boots writable';
  return {
    vip: { address: site.vip, holder: source.name },
    nodes: [
      { host: source.name, role: 'primary', lines: [keeps, boots, 'cmon and lsyncd run'] },
      { host: target.name, role: 'standby', lines: [keeps, boots] },
      {
        host: site.prometheus.name,
        role: 'Prometheus',
        lines: [hardened ? `witness: names ${source.name}` : 'no record'],
      },
    ],
    arrows: [{ from: source.name, to: target.name, label: 'replication' }],
  };
}

function plan(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): Plan {
  const context = hardenContext(request, answers);
  const { source, target, site, seen, chosen } = context;
  return {
    format: PLAN_FORMAT,
    id: request.id,
    operation: 'harden',
    mode: request.mode,
    site: site.name,
    title: `Harden ${site.name}`,
    summary: summary(context),
    confirmation: {
      question: `Harden ${site.name}?`,
      detail: `${chosen.length} files are replaced or new. ${source.name} stays primary, ${site.vip} stays there. Until all of it works everything can be undone.`,
      verb: `Harden ${site.name}`,
    },
    createdAtMs: request.nowMs,
    digest: planDigest(site, request.observation),
    checks: hardenChecks(context),
    leaseHosts: [source.name, target.name],
    helperPath: BROUGHT_HELPER,
    bringHelper: true,
    helperSettings: helperSettings(site),
    token: nextToken([seen.source, seen.target]),
    steps: hardenSteps(context),
    pointOfNoReturn: 'keep',
    secrets: neededSecrets(chosen.map(({ file }) => file.content)),
    picture: { before: picture(context, false), after: picture(context, true) },
  };
}

/** "Harden": a running pair of the documented profile becomes one of the hardened profile. No role moves. */
export const harden: Operation<ReplicationSite> = {
  id: 'harden',
  title: 'Harden',
  comparesFiles: true,
  targets: (site) => [
    { host: 'all', label: 'both controllers and the witness', detail: `${site.name} as a whole` },
  ],
  questions: (site, _target, observation) =>
    promoteQuestions(site, standbyOf(site, observation).name).filter(({ id }) => id !== 'reverse-login'),
  secrets: (site) => neededSecrets(replicationFiles(site).map(({ content }) => content)),
  digest: planDigest,
  plan,
};
