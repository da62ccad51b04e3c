import { OperatorError } from '../errors';
import { withoutEnd } from '../observe/operationRecord';
import type { OperationRecord } from '../observe/host';
import { checkPlanFormat } from '../plan/format';
import type { HostSessions } from '../ports';
import { BOOK_FORMAT, type Book, type HelperPlace, showBookScript } from '../run/book';

/** What one host says of operations. `reason`: it could not be asked. */
export type HostAnswer =
  | {
      readonly host: string;
      readonly known: true;
      readonly token: number;
      /** Whose the token is. */
      readonly leasePlan?: string;
      readonly record: OperationRecord | undefined;
      /** The book as it stands there, for comparison byte by byte; empty where there is none. */
      readonly book: string;
    }
  | { readonly host: string; readonly known: false; readonly reason: string };

/** An operation that the hosts know of and that has no end. */
export interface UnderWay {
  readonly record: OperationRecord;
  readonly book: Book;
  /** Hosts that tell of it, with the token each remembers. */
  readonly tokens: Readonly<Record<string, number>>;
  /** Hosts that could not be asked, with the reason. */
  readonly silent: Readonly<Record<string, string>>;
}

/** Asks every controller, side by side. */
export function askForOperations(
  sessions: HostSessions,
  hosts: readonly string[],
  places: readonly HelperPlace[],
): Promise<readonly HostAnswer[]> {
  const script = showBookScript(places);
  return Promise.all(
    hosts.map(async (host): Promise<HostAnswer> => {
      try {
        const session = await sessions.get(host);
        const { exitCode, stdout, stderr } = await session.run({
          script,
          timeoutMs: 8_000,
          privileged: true,
        });
        if (exitCode === 127) return { host, known: true, token: 0, record: undefined, book: '' };
        const [first = '', ...rest] = stdout.split('\n');
        const status = JSON.parse(first) as {
          readonly lease?: { readonly token: number; readonly plan: string } | null;
          readonly operation?: OperationRecord | null;
        };
        if (exitCode > 1) throw new Error(stderr.trim() || `the helper ended with ${exitCode}`);
        const record = status.operation ?? undefined;
        const { token = 0, plan } = status.lease ?? {};
        const own = plan === undefined ? {} : { leasePlan: plan };
        return { host, known: true, token, ...own, record, book: rest.join('\n').trim() };
      } catch (error) {
        return { host, known: false, reason: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}

/**
 * The operation without an end that these answers tell of; undefined where there is none. An end that one host knows holds
 * for all: the other was away then.
 * @param site name of the site that was asked; a plan of another is refused.
 * @throws OperatorError `run-not-resumable` when hosts hold different plans of one name: somebody has changed one;
 * `format-unknown` when the plan can't be read.
 */
export function operationUnderWay(answers: readonly HostAnswer[], site: string): UnderWay | undefined {
  const known = answers.filter((answer) => answer.known);
  const records = known.flatMap(({ record }) => (record === undefined ? [] : [record]));
  const latest = withoutEnd(records).reduce<OperationRecord | undefined>(
    (best, record) => (best === undefined || record.sinceMs > best.sinceMs ? record : best),
    undefined,
  );
  if (latest === undefined) return undefined;
  const witnesses = known.filter(({ record }) => record?.plan === latest.plan);
  const books = new Set(witnesses.map(({ book }) => withoutMachine(book)).filter((book) => book !== ''));
  if (books.size > 1) {
    throw unusable(
      `The hosts hold different plans called ${latest.plan}.`,
      'Find out who has changed one of them. Resume where the operation was started.',
    );
  }
  const [text] = witnesses.map(({ book }) => book).filter((book) => book !== '');
  if (text === undefined) {
    throw unusable(`No host holds the plan of ${latest.plan}.`, 'Resume where the operation was started.');
  }
  return {
    record: latest,
    book: readBook(text, latest.plan, site),
    tokens: Object.fromEntries(witnesses.map(({ host, token }) => [host, token])),
    silent: Object.fromEntries(answers.flatMap((one) => (one.known ? [] : [[one.host, one.reason]]))),
  };
}

/**
 * Who resumes writes his name and the addresses of his inventory, leaves out the commands of the other's machine, and may have
 * told when he took it over as its beginning; the rest of two books is the same.
 */
function withoutMachine(text: string): string {
  if (text === '') return '';
  try {
    return JSON.stringify(JSON.parse(text), (key, value: unknown) =>
      ['operator', 'argv', 'siteAddresses', 'startedAtMs'].includes(key) ? undefined : value,
    );
  } catch {
    return text;
  }
}

function readBook(text: string, planId: string, site: string): Book {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unusable('The plan that the hosts hold is no JSON.', 'Resume where the operation was started.');
  }
  const book = value as Book;
  if (typeof value !== 'object' || value === null || book.format !== BOOK_FORMAT) {
    throw unusable(
      'The plan that the hosts hold has a format that this version does not read.',
      'Use the version that began the operation.',
    );
  }
  const plan = checkPlanFormat(book.plan);
  if (plan.id !== planId || plan.site !== site) {
    throw unusable(
      `The hosts name ${planId} of ${site} and hold ${plan.id} of ${plan.site}.`,
      'Resume where the operation was started.',
    );
  }
  return { ...book, plan };
}

function unusable(what: string, next: string): OperatorError {
  return new OperatorError({ code: 'run-not-resumable', what, state: 'Nothing was changed by this.', next });
}
