import { hasEnded } from '../observe/operationRecord';
import type { HostScript, Plan, RunEnd, SiteAddresses, Step } from '../plan/plan';
import { checkNotExchanged } from '../plan/siteAddresses';
import type { Clock, JournalStore } from '../ports';
import { JOURNAL_FORMAT, type JournalLine, type RunEvent } from '../run/events';
import { foldJournal } from '../run/fold';
import { isBlank, parseJournal } from '../run/journalText';
import type { RunSnapshot } from '../run/snapshot';
import type { Hooks } from './hooks';
import type { HostAnswer, UnderWay } from './hostOperations';

/**
 * Writes what the hosts tell of an operation into the journal of this machine, so that it can be resumed here. Nothing is
 * taken for done or for not begun: each step is verified. Commands of the operator's own come from settings, never from
 * hosts: one that these settings don't hold is not run here. Where it was broken off before, it is done again: a journal
 * that holds the plan alone is refused by a resume.
 * @param addresses of the site whose hosts told of it: from now on the run is this site's, also where the inventory has
 * changed them since the plan was made.
 * @returns the id of the run.
 * @throws OperatorError `run-not-resumable` where the hosts have exchanged their names since.
 */
export async function adopt(
  { journal, clock, hooks }: { readonly journal: JournalStore; readonly clock: Clock; readonly hooks: Hooks },
  { book, record, tokens }: UnderWay,
  addresses: SiteAddresses,
): Promise<string> {
  checkNotExchanged(book.plan, addresses);
  const plan = { ...withOwnCommands(book.plan, hooks), siteAddresses: addresses };
  const exists = (await journal.list()).includes(plan.id);
  const texts = exists ? await journal.read(plan.id) : [];
  const kept = isBlank(plan.id, texts) ? undefined : foldJournal(plan.id, texts);
  let n = kept?.n ?? 0;
  const writer = exists ? (kept?.writer ?? 0) + 1 : 0;
  const write = (event: RunEvent, sync: boolean): Promise<void> => {
    const line: JournalLine = { format: JOURNAL_FORMAT, n: ++n, writer, atMs: clock.nowMs(), event };
    return journal.append(plan.id, JSON.stringify(line), sync);
  };
  // What is appended to a torn line can't be read either.
  if (kept === undefined ? exists : parseJournal(plan.id, texts).torn)
    await journal.append(plan.id, '', false);
  if (kept === undefined) {
    const { operator, acknowledged, startedAtMs: begunAtMs } = book;
    await write({ type: 'run-created', plan, operator, acknowledged, begunAtMs }, false);
  }
  const { operator, place } = record;
  await write({ type: 'learned-from-hosts', operator, place, tokens, siteAddresses: addresses }, true);
  await journal.close?.(plan.id);
  return plan.id;
}

/** What a host's record may say of an end. */
const ENDS: readonly RunEnd[] = ['done', 'undone', 'refused'];

/**
 * Closes journals of runs of one site that another machine has brought to their end, as the hosts tell, and of those behind which another
 * operation was begun: its token is higher, so that no host obeys the older one any more.
 */
export async function endElsewhere(
  { journal, clock }: { readonly journal: JournalStore; readonly clock: Clock },
  runs: readonly RunSnapshot[],
  answers: readonly HostAnswer[],
): Promise<void> {
  const told = answers.flatMap((answer) =>
    answer.known && answer.record
      ? [{ ...answer.record, host: answer.host, token: answer.token, leasePlan: answer.leasePlan }]
      : [],
  );
  for (const { runId } of runs) {
    const state = foldJournal(runId, await journal.read(runId));
    const ended = told.find((record) => record.plan === runId && hasEnded(record));
    // A token that is not the record's own says nothing of it: the guard of a host that was away raises one behind an
    // operation that is older, and so does a start that is refused. Nor does one of a host that this run never raised. Then
    // the time decides, by the clocks of two machines.
    const isLater = (record: (typeof told)[number]): boolean =>
      (record.leasePlan === record.plan && state.plan.leaseHosts.includes(record.host)) ||
      record.sinceMs > state.begunAtMs;
    const later = told.find(
      (record) => record.plan !== runId && record.token > state.highestToken && isLater(record),
    );
    const reason = ended
      ? `It has ended elsewhere: ${ended.place}, by ${ended.operator}.`
      : later &&
        `${later.operator} has begun ${later.plan} on this site since: no host obeys this run any more.`;
    if (reason === undefined) continue;
    const line: JournalLine = {
      format: JOURNAL_FORMAT,
      n: state.n + 1,
      writer: state.writer + 1,
      atMs: clock.nowMs(),
      event: { type: 'ended-elsewhere', end: ENDS.find((end) => end === ended?.place), reason },
    };
    await journal.append(runId, JSON.stringify(line), true);
    await journal.close?.(runId);
  }
}

function withOwnCommands(plan: Plan, hooks: Hooks): Plan {
  const own = [...hooks.before, ...hooks.after]
    .flatMap(({ argv, undo, verify }) => [argv, undo, verify])
    .concat([hooks.power?.argv])
    .map((argv) => JSON.stringify(argv));
  const isOwn = (script: HostScript): boolean => own.includes(JSON.stringify(script.local?.argv));
  const checked = (script: HostScript): HostScript =>
    script.local === undefined || isOwn(script)
      ? script
      : { ...script, local: { argv: [], environment: script.local.environment } };
  const steps = plan.steps.map((step): Step => {
    if (step.act.local === undefined) return step;
    return {
      ...step,
      act: checked(step.act),
      ...(step.verify === undefined ? {} : { verify: checked(step.verify) }),
      ...(step.undo === undefined ? {} : { undo: { ...step.undo, script: checked(step.undo.script) } }),
    };
  });
  return { ...plan, steps };
}
