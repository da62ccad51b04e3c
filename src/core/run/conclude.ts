import type { RunEnd } from '../plan/plan';
import type { RunContext } from './context';
import { stillToDo } from './opening';
import { effectOf } from './outlook';
import { Undo } from './undo';

const RESUME = 'Run "Resume or Undo Operation" when the cause is mended.';

/** Refused before anything was changed. */
export async function refuse(context: RunContext, reason: string, next: string): Promise<void> {
  await context.book.place('refused');
  await context.lease.release();
  await endRun(context, 'refused', `${reason} Nothing was changed.`, next);
}

/**
 * Brings a run whose forward part has ended to its named end.
 * @param unfinished required steps that could not be done, by id.
 */
export async function conclude(context: RunContext, unfinished: readonly string[]): Promise<void> {
  const { state, stop } = context;
  if (stop.isOvertaken()) return concludeOvertaken(context);
  if (state.opening === 'open') return concludeOpen(context, unfinished);
  if (state.opening === 'intended') {
    const step = state.graph.step(state.plan.pointOfNoReturn);
    const summary = `It is not known whether "${step.title}" on ${step.host} has taken place. Nothing was undone.`;
    return endRun(context, 'unfinished', summary, stop.reason?.next ?? RESUME);
  }
  return concludeByUndo(context, stop.reason?.reason ?? 'It could not go on.', stop.reason?.next ?? '');
}

/** Undoes all that may stand, and ends `undone` or `undo-owed`. */
export async function concludeByUndo(context: RunContext, reason: string, next: string): Promise<void> {
  const refusedByHook = onlyLocalStepsBegan(context);
  const end = await new Undo(context).run(reason);
  if (end === 'overtaken') return concludeOvertaken(context);
  if (end === 'opened') return concludeOpen(context, [...stillToDo(context)]);
  if (end === 'undone' && refusedByHook) {
    await context.book.place('refused');
    await context.lease.release();
    return endRun(context, 'refused', `${reason} Nothing was changed on any host.`, next);
  }
  await context.book.place(end === 'undone' ? 'undone' : 'undo-owed');
  if (end === 'undone') {
    await context.lease.release();
    return endRun(
      context,
      'undone',
      `${reason} Everything was undone.`,
      next || 'Mend the cause and start again.',
    );
  }
  const owed = context.plan.steps.filter((step) => context.state.record(step.id).state === 'undo-owed');
  const hosts = [...new Set(owed.map((step) => step.host))].join(', ');
  const what = owed.map(effectOf).join('; ');
  return endRun(
    context,
    'undo-owed',
    `${reason} Not yet undone: ${what}. The lease is not renewed any more: it ends by itself within half a minute.`,
    [`Run "Resume or Undo Operation" when ${hosts} can be asked again.`, context.plan.otherwise ?? '']
      .join(' ')
      .trim(),
  );
}

/** A command of the operator's own that runs before anything else has ended it. */
function onlyLocalStepsBegan({ plan, state }: RunContext): boolean {
  const begun = plan.steps.filter(({ id }) => state.record(id).touched || state.record(id).attempts > 0);
  return begun.length > 0 && begun.every((step) => step.act.local !== undefined);
}

async function concludeOpen(context: RunContext, unfinished: readonly string[]): Promise<void> {
  const { state, plan } = context;
  await context.book.place(unfinished.length === 0 ? 'done' : 'unfinished');
  if (unfinished.length === 0) {
    await context.lease.release();
    const failed = plan.steps.filter((step) => state.record(step.id).state === 'failed' && step.optional);
    const but = failed.length === 0 ? '' : ` Not done: ${failed.map((step) => step.title).join(', ')}.`;
    return endRun(
      context,
      'done',
      `${plan.title}: done.${but}`,
      failed.length === 0 ? (plan.afterwards ?? '') : `Read the notes. ${plan.afterwards ?? ''}`.trim(),
    );
  }
  if (plan.stoppable && context.stop.reason?.kind === 'abort') {
    const summary = `${context.stop.reason.reason} ${plan.steps.length - unfinished.length} of ${plan.steps.length} steps are done; nothing runs half-way.`;
    return endRun(context, 'unfinished', summary, 'Run "Resume or Undo Operation" to go on.');
  }
  return endRun(
    context,
    'unfinished',
    `The point of no return is passed, but this is missing: ${missingText(context, unfinished)}`,
    [RESUME, plan.otherwise ?? ''].join(' ').trim(),
  );
}

/** Those that an operator reads; a set-up may lack sixty. */
const MISSING_SHOWN = 4;

/** What is missing, and why the first of it is. */
function missingText({ state }: RunContext, unfinished: readonly string[]): string {
  const steps = unfinished.map((id) => state.graph.step(id));
  const named = steps.slice(0, MISSING_SHOWN).map((step) => `${step.title} (${step.host})`);
  const more = steps.length > MISSING_SHOWN ? ` and ${steps.length - MISSING_SHOWN} more steps` : '';
  const failed = steps.find(({ id }) => ['failed', 'unknown'].includes(state.record(id).state));
  const reason = failed === undefined ? '' : ` ${failed.title}: ${state.record(failed.id).reason}.`;
  return `${named.join(', ')}${more}.${reason.replace(/\.\.$/, '.')}`;
}

async function concludeOvertaken(context: RunContext): Promise<void> {
  const reason = context.stop.reason?.reason ?? '';
  await endRun(
    context,
    'unfinished',
    `Stopped, because another operation has taken over. ${reason}`,
    'See who acts on this site now, and leave it to them.',
  );
}

export async function endRun(context: RunContext, end: RunEnd, summary: string, next: string): Promise<void> {
  context.lease.stopRenewing();
  await context.journal
    .intend({ type: 'run-ended', end, summary, next })
    .catch((error: unknown) => context.deps.log.error(`the end could not be written: ${String(error)}`));
}
