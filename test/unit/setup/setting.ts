import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compareFile } from '../../../src/core/deploy/compare';
import type { SiteObservation } from '../../../src/core/observe/host';
import type { Plan } from '../../../src/core/plan/plan';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import { setup } from '../../../src/core/schemes/replication/setup/operation';
import type { PlanRequest, QuestionAnswer } from '../../../src/core/schemes/scheme';
import { exampleSite } from '../observation';

/** What real hosts answered that nobody had set up (test/fixtures/recordFresh.ts). */
export const RECORDED = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../fixtures/setup/fresh.json'), 'utf8'),
) as { readonly observation: SiteObservation; readonly answers: Readonly<Record<string, QuestionAnswer>> };

const ASSETS = { clustercontrol: '' };
export const SECRETS = ['dc1-repl', 'dc1-clone'];

/** The plan for the recorded hosts, each answer changed by `edit` (host, text). */
export function planOf(
  edit: (host: string, text: string) => string = (_host, text) => text,
  secrets = SECRETS,
  site = exampleSite(),
  observation = RECORDED.observation,
): Plan {
  const files = replicationScheme
    .files(site, ASSETS)
    .map((file) =>
      compareFile(file, replicationScheme.merge(site, file), { state: 'absent' }, () => undefined),
    );
  const request: PlanRequest<ReplicationSite> = {
    ...{ site, target: 'cc1', mode: 'planned', observation, files },
    ...{
      id: 'dc1-setup-cc1-1',
      operator: 'ann',
      nowMs: 1,
      secretsAvailable: secrets,
      unfinishedRuns: [],
    },
  };
  const answers = Object.fromEntries(
    Object.entries(RECORDED.answers).map(([id, answer]) => [
      id,
      answer.answered ? { ...answer, stdout: edit(id.replace('assess-', ''), answer.stdout) } : answer,
    ]),
  );
  return setup.plan(request, answers);
}
