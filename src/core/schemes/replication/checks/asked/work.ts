import type { PlanQuestion } from '../../../scheme';

/** Programs that copy a database for minutes or hours, as a pattern. */
const BACKUP_PROGRAMS =
  'mysqldump|mysqlpump|mydumper|xtrabackup|mariabackup|mariadb-backup|mysqlbackup|pg_dump';

/** What cmon and others do on the primary that a promotion would cut. */
export interface WorkAnswer {
  /** Lines of `s9s job --list` in a state that is under way. */
  readonly jobs: readonly string[];
  /** Why the jobs could not be listed. */
  readonly jobsUnknown: string | undefined;
  readonly backups: readonly string[];
}

/** States of a job by s9s-job(1): a DEQUEUED one is about to run. */
export function workQuestion(id: string, host: string): PlanQuestion {
  return {
    id,
    host,
    script: [
      `if out=$(timeout 2 s9s job --list --batch 2>&1); then printf '%s\\n' "$out" | awk '$3 == "RUNNING" || $3 == "DEQUEUED" { print "job", $0 }'; else printf 'jobs-unknown %s\\n' "$(printf '%s' "\${out:-no answer}" | sed 1q)"; fi`,
      `pgrep -xl '${BACKUP_PROGRAMS}'`,
      `exit 0`,
    ].join('\n'),
    timeoutMs: 3_000,
  };
}

export function readWork(text: string): WorkAnswer {
  const of = (kind: string): string[] =>
    [...text.matchAll(new RegExp(`^${kind} (.*)$`, 'gm'))].map((match) => (match[1] ?? '').trim());
  return {
    jobs: of('job'),
    jobsUnknown: of('jobs-unknown')[0],
    backups: [...text.matchAll(/^\d+ (\S+)$/gm)].map((match) => match[1] ?? ''),
  };
}
