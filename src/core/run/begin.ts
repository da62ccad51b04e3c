import { OperatorError } from '../errors';
import type { Plan } from '../plan/plan';
import { checkSite } from '../plan/siteAddresses';
import { planProblems } from '../plan/validate';
import { admitResume } from './admission';
import type { RunContext } from './context';
import type { RunDeps } from './deps';
import { JOURNAL_FORMAT, type JournalLine } from './events';
import { foldJournal } from './fold';
import { parseJournal } from './journalText';
import { leaseHolder } from './leaseCalls';
import type { MayOvertake } from './leaseRaise';
import { checkResumable, type ResumeOptions } from './resume';
import { SecretValues } from './secretValues';
import { setUp } from './setup';
import type { StartOptions } from './start';
import { RunState } from './state';

/**
 * Writes the first line of a run. Nothing is sent.
 * @throws OperatorError when the plan is unsound, was run before, or its journal can't be written.
 */
export async function beginRun(
  deps: RunDeps,
  plan: Plan,
  options: StartOptions,
  onChange: () => void,
): Promise<RunContext> {
  await checkStartable(deps, plan);
  const holder = leaseHolder(options.operator, deps.instance);
  const created: JournalLine = {
    format: JOURNAL_FORMAT,
    n: 0,
    writer: 0,
    atMs: deps.clock.nowMs(),
    event: {
      type: 'run-created',
      plan,
      operator: options.operator,
      acknowledged: options.acknowledged,
      holder,
    },
  };
  const context = setUp({
    deps,
    state: new RunState(plan.id, created),
    writer: 0,
    holder,
    mayOvertake: (lease) =>
      lease.operator === holder ? undefined : `${lease.operator} acts on this site now.`,
    onChange,
  });
  await context.journal.intend(created.event).catch(unwritable);
  return context;
}

async function checkStartable({ journal }: RunDeps, plan: Plan): Promise<void> {
  const problems = planProblems(plan);
  if (problems.length > 0) {
    throw refusal(
      'internal',
      `The plan is unsound: ${problems.join(' ')}`,
      'Report it as a fault of the product.',
    );
  }
  if ((await journal.list()).includes(plan.id)) {
    throw refusal(
      'run-not-resumable',
      `The plan ${plan.id} was run before.`,
      'Resume that run, or make a new plan.',
    );
  }
}

/** A run that may be gone on with by this process, as its journal and its hosts tell. */
export interface Resumable {
  readonly context: RunContext;
  /** The journal ends in the midst of a line. */
  readonly torn: boolean;
}

/**
 * Reads the journal and the secrets, then asks the hosts. Writes nothing.
 * @throws OperatorError as `Run.resume` does.
 */
export async function askForResume(
  deps: RunDeps,
  runId: string,
  options: ResumeOptions,
  onChange: () => void,
): Promise<Resumable> {
  const texts = await deps.journal.read(runId);
  const { torn } = parseJournal(runId, texts);
  const state = foldJournal(runId, texts);
  if (deps.siteAddresses) checkSite(state.plan, deps.siteAddresses);
  checkResumable(state, options.intent);
  let mayOvertake: MayOvertake = () => 'The hosts were not asked yet.';
  const context = setUp({
    deps,
    state,
    writer: state.writer + 1,
    holder: leaseHolder(options.operator, deps.instance),
    mayOvertake: (lease) => mayOvertake(lease),
    onChange,
  });
  context.secrets = await SecretValues.read(deps.secrets, state.plan.secrets);
  mayOvertake = await admitResume(context, options);
  return { context, torn };
}

/** Writes the line with which this process goes on. @throws OperatorError when it can't be written. */
export async function beginResume(
  { context, torn }: Resumable,
  { operator, intent }: ResumeOptions,
): Promise<RunContext> {
  if (torn) context.journal.endTornLine();
  const { holder } = context.calls;
  await context.journal.intend({ type: 'run-resumed', operator, intent, holder }).catch(unwritable);
  return context;
}

function unwritable(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw refusal('internal', `The journal can't be written: ${why}`, 'Make room on this machine.');
}

/** Nothing was changed by what was asked for. */
export function refusal(code: 'internal' | 'run-not-resumable', what: string, next: string): OperatorError {
  return new OperatorError({ code, what, state: 'Nothing was changed by this.', next });
}
