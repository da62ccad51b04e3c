import { OperatorError } from '../errors';
import { checkPlanFormat } from '../plan/format';
import { JOURNAL_FORMAT, type JournalLine } from './events';

export interface ParsedJournal {
  readonly lines: readonly JournalLine[];
  /** The last line was cut off by a crash; what it said is lost, which readers treat as not known. */
  readonly torn: boolean;
}

/**
 * A journal's lines in their order, without those of an overtaken process.
 * @throws OperatorError `format-unknown` for a newer format and for damage other than a torn end.
 */
export function parseJournal(runId: string, texts: readonly string[]): ParsedJournal {
  const lines: JournalLine[] = [];
  let writer = 0;
  let damaged = false;
  for (const text of texts) {
    if (text.trim() === '') continue;
    const line = parseLine(runId, text);
    if (!line) {
      if (damaged) continue;
      damaged = true;
      continue;
    }
    // A torn line can be followed only by those of a process that resumed the run.
    if (damaged && line.writer <= writer)
      throw damage(runId, `A line before number ${line.n} can't be read.`);
    damaged = false;
    if (line.writer < writer) continue;
    writer = line.writer;
    lines.push(line);
  }
  const first = lines[0];
  if (!first) throw damage(runId, 'It holds no event.');
  if (first.event.type !== 'run-created') throw damage(runId, 'It does not begin with its plan.');
  checkPlanFormat(first.event.plan);
  return { lines, torn: damaged };
}

/** Not even its first line can be read: writing that was broken off, and it tells nothing. */
export function isBlank(runId: string, texts: readonly string[]): boolean {
  return texts.every((text) => text.trim() === '' || parseLine(runId, text) === undefined);
}

function parseLine(runId: string, text: string): JournalLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('format' in value)) return undefined;
  if (value.format !== JOURNAL_FORMAT) {
    throw damage(runId, `A line has format ${String(value.format)}; this version reads ${JOURNAL_FORMAT}.`);
  }
  return value as JournalLine;
}

function damage(runId: string, what: string): OperatorError {
  return new OperatorError({
    code: 'format-unknown',
    what: `The journal of run ${runId} can't be used. ${what}`,
    state: 'The hosts were not asked; they are as that run left them.',
    next: 'Use the version that wrote it, or look at the site and plan the next step from what it is now.',
  });
}
