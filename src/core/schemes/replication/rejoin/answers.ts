import type { QuestionAnswer } from '../../scheme';

/** What questions before a plan are called. */
export const QUESTIONS = {
  donor: 'donor-state',
  donorClone: 'donor-clone',
  host: 'rejoin-state',
  cloneLogin: 'clone-login',
  replicationLogin: 'replication-login',
  extra: 'extra-transactions',
  files: 'files-that-differ',
} as const;

export type Answers = Readonly<Record<string, QuestionAnswer>>;

export interface DonorFacts {
  readonly gtidExecuted: string;
  readonly gtidPurged: string;
  /** Of all tablespaces. */
  readonly dataBytes: number;
  /** `schema.table (engine)`. */
  readonly otherEngines: readonly string[];
}

export interface HostFacts {
  /** What it has executed and its binary logs no longer hold, or never held. */
  readonly gtidPurged: string;
  /** Free space where its data is. */
  readonly freeBytes: number;
  /** It was a primary and met a newer epoch when it came back. */
  readonly returned: boolean;
  /** A CLONE began to drop its data and has not ended. */
  readonly cloneBrokeOff: boolean;
  /** Bytes of all binary logs. */
  readonly binlogBytes: number;
  readonly mysqlbinlog: boolean;
}

/** Lines `name=value` of one answer; undefined when it was not given. */
function linesOf(answers: Answers, id: string): ReadonlyMap<string, string[]> | undefined {
  const answer = answers[id];
  if (answer?.answered !== true || answer.exitCode !== 0) return undefined;
  const found = new Map<string, string[]>();
  for (const line of answer.stdout.split('\n')) {
    const at = line.indexOf('=');
    if (at < 1) continue;
    const name = line.slice(0, at);
    found.set(name, [...(found.get(name) ?? []), line.slice(at + 1)]);
  }
  // The last line says that nothing was cut off.
  return found.has('end') ? found : undefined;
}

export function donorFacts(answers: Answers): DonorFacts | undefined {
  const lines = linesOf(answers, QUESTIONS.donor);
  if (lines === undefined) return undefined;
  return {
    gtidExecuted: lines.get('executed')?.[0] ?? '',
    gtidPurged: lines.get('purged')?.[0] ?? '',
    dataBytes: Number(lines.get('bytes')?.[0]),
    otherEngines: lines.get('engine') ?? [],
  };
}

export function hostFacts(answers: Answers): HostFacts | undefined {
  const lines = linesOf(answers, QUESTIONS.host);
  if (lines === undefined) return undefined;
  return {
    gtidPurged: lines.get('purged')?.[0] ?? '',
    freeBytes: Number(lines.get('free')?.[0]),
    returned: lines.has('returned'),
    cloneBrokeOff: lines.has('clone-broke-off'),
    binlogBytes: Number(lines.get('binlog')?.[0]),
    mysqlbinlog: lines.has('mysqlbinlog'),
  };
}

/** What the transactions that only this host has touched. */
export interface ExtraFacts {
  /** Of the readable SQL. */
  readonly bytes: number;
  /** `INSERT cmon.jobs: 12`, most first. */
  readonly touched: readonly string[];
}

export function extraFacts(answers: Answers): ExtraFacts | undefined {
  const lines = linesOf(answers, QUESTIONS.extra);
  if (lines === undefined) return undefined;
  return { bytes: Number(lines.get('bytes')?.[0]), touched: lines.get('touched') ?? [] };
}

/** Files that rsync would replace or delete on the host, as its itemized lines name them; undefined: not known. */
export function differingFiles(answers: Answers): readonly string[] | undefined {
  const answer = answers[QUESTIONS.files];
  if (answer?.answered !== true || answer.exitCode !== 0) return undefined;
  return answer.stdout
    .split('\n')
    .filter((line) => /^(\*deleting|[<>ch]f)/.test(line))
    .map((line) =>
      line.startsWith('*deleting')
        ? `${line.slice(9).trim()} (only there)`
        : `${line.slice(12)}${line.slice(2, 11) === '+++++++++' ? ' (new)' : ''}`,
    );
}
