import type { Plan } from '../../../src/core/plan/plan';
import type { QuestionAnswer } from '../../../src/core/schemes/scheme';
import { rejoin } from '../../../src/core/schemes/replication/rejoin/operation';
import { AT_MS, documentedHost, exampleSite, observed, type SiteValues, UUID_1 } from '../observation';

export interface Setting {
  /** cc1 is the primary, cc2 comes back. */
  readonly hosts?: (hosts: SiteValues) => void;
  readonly gone?: readonly string[];
  readonly documented?: boolean;
  /** Lines of an answer, instead of the healthy ones; `undefined`: it was not given. */
  readonly answers?: Readonly<Record<string, string | undefined>>;
  readonly exits?: Readonly<Record<string, number>>;
  readonly secrets?: readonly string[];
}

const ANSWERS: Readonly<Record<string, string>> = {
  'donor-state': `executed=${UUID_1}:1-120\npurged=\nbytes=100000000\nend=1\n`,
  'rejoin-state': 'mysqlbinlog=1\npurged=\nfree=900000000\nbinlog=1000000\nend=1\n',
  'donor-clone': 'broken=0 mark=0\n',
  'replication-login': '1\n',
  'clone-login': 'GRANT USAGE ON *.* TO `clone`@`%`\nGRANT BACKUP_ADMIN,CLONE_ADMIN ON *.* TO `clone`@`%`\n',
  'files-that-differ': '',
  'extra-transactions': 'touched=INSERT cmon.jobs: 2\nbytes=512\nend=1\n',
};

export function planOf(setting: Setting = {}): Plan {
  const site = exampleSite(setting.documented === true ? '    profile: documented\n' : '');
  const observation = observed(setting.hosts, {
    gone: setting.gone ?? [],
    ...(setting.documented === true ? { from: documentedHost } : {}),
  });
  const asked = rejoin.questions(site, 'cc2', observation, 'planned').map(({ id }) => id);
  const answers = Object.fromEntries(
    asked.flatMap((id): [string, QuestionAnswer][] => {
      const changed = setting.answers;
      const stdout = changed !== undefined && id in changed ? changed[id] : ANSWERS[id];
      if (stdout === undefined) return [[id, { answered: false, reason: 'no route to host' }]];
      const exitCode = setting.exits?.[id] ?? 0;
      return [[id, { answered: true, exitCode, stdout, stderr: exitCode === 0 ? '' : 'Access denied' }]];
    }),
  );
  return rejoin.plan(
    {
      site,
      target: 'cc2',
      mode: 'planned',
      observation,
      id: 'dc1-rejoin-cc2-x',
      operator: 'ann@desk',
      nowMs: AT_MS,
      secretsAvailable: setting.secrets ?? rejoin.secrets(site),
      unfinishedRuns: [],
    },
    answers,
  );
}
