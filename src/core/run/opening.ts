import type { Step } from '../plan/plan';
import type { RunContext } from './context';
import { backoffMs } from './deps';
import { sendScript } from './script';
import type { StepEnd } from './step';

export type OpeningAnswer =
  | { readonly open: true; readonly captured: Readonly<Record<string, string>> }
  | { readonly open: false }
  | { readonly open: undefined; readonly reason: string };

/**
 * The point of no return. Its intent is on disk first. It is sent again only after the host has said that it did not
 * take place, and never after an error: then undo decides.
 */
export async function passPointOfNoReturn(context: RunContext, step: Step): Promise<StepEnd> {
  const { journal, plan, policy, deps, state } = context;
  const begunAtMs = deps.clock.monotonicMs();
  const after = plan.steps.filter(({ phase }) => phase === 'after').map(({ id }) => id);
  if (after.length > 0) journal.record({ type: 'phase-intended', steps: after });
  try {
    await journal.intend({ type: 'phase-intended', steps: [step.id] });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return closed(
      context,
      step,
      begunAtMs,
      `The intent could not be written to disk: ${why}`,
      'Make room there.',
    );
  }
  let last = { reason: '', next: '' };
  for (let attempt = 1; attempt <= policy.attempts; attempt++) {
    if (attempt > 1) await deps.clock.sleep(backoffMs(policy, attempt));
    journal.record({ type: 'step-started', step: step.id, attempt: state.record(step.id).attempts + 1 });
    const end = await sendScript(context, step, step.act, 'act');
    if (end.kind === 'done') return opened(context, step, begunAtMs, end.captured, false);
    last = end;
    if (end.kind === 'lease') {
      if (!end.begun) break;
      if (end.overtaken) context.stop.request({ kind: 'overtaken', reason: end.reason, next: end.next });
    }
    if (end.kind === 'unsent') {
      if (end.definite) break;
      continue;
    }
    const answer = await askWhetherOpen(context, step);
    if (answer.open) return opened(context, step, begunAtMs, answer.captured, true);
    if (answer.open === undefined)
      return notKnown(context, step, begunAtMs, `${end.reason} ${answer.reason}`);
    if (end.kind !== 'unknown') break;
  }
  return closed(context, step, begunAtMs, last.reason, last.next);
}

/**
 * Asks the host until it answers or patience ends. The token is raised first: what was sent before and is still under
 * way can't act after the answer, so that "not open" may be believed.
 */
export async function askWhetherOpen(context: RunContext, step: Step): Promise<OpeningAnswer> {
  const { policy, deps, lease, plan, stop } = context;
  let reason = 'The host could not be asked.';
  for (let attempt = 1; attempt <= policy.attempts; attempt++) {
    if (attempt > 1) await deps.clock.sleep(backoffMs(policy, attempt));
    const raised = await lease.raise(plan.leaseHosts, context.mayOvertake);
    if (raised.overtakenBy !== undefined) {
      stop.request({ kind: 'overtaken', reason: raised.overtakenBy, next: 'Leave the site to them.' });
      return { open: undefined, reason: raised.overtakenBy };
    }
    reason = raised.away.get(step.host) ?? reason;
    if (!lease.aliveOn(step.host) || !step.verify) continue;
    const verified = await sendScript(context, step, step.verify, 'verify');
    if (verified.kind === 'done') return { open: true, captured: verified.captured };
    if (verified.kind === 'refused' && verified.exitCode === 1) return { open: false };
    reason = verified.reason;
  }
  return { open: undefined, reason };
}

export function opened(
  { journal, deps }: RunContext,
  step: Step,
  begunAtMs: number,
  captured: Readonly<Record<string, string>>,
  already: boolean,
): StepEnd {
  const durationMs = deps.clock.monotonicMs() - begunAtMs;
  journal.record({ type: 'step-done', step: step.id, durationMs, captured, already }, true);
  return { done: true, reason: '', next: '' };
}

/** The host was opened, and not by what this process has sent. What should have come before, and did not, is told. */
export function openedWithoutUs(
  context: RunContext,
  begunAtMs: number,
  captured: Readonly<Record<string, string>>,
): void {
  const { journal, plan, state } = context;
  const step = state.graph.step(plan.pointOfNoReturn);
  const before = state.graph.ancestorsOf(step.id);
  const left = plan.steps.filter(
    ({ id, letsOpen }) => before.has(id) && letsOpen !== true && state.record(id).state !== 'done',
  );
  // Of a run of another machine nothing is known.
  if (left.length > 0 && !state.adopted) {
    const what = left.map(({ title, host }) => `${title} (${host})`).join(', ');
    const text = `${step.host} was opened by its own guard. Of this it is not known that it came before, and it is not made up for: ${what}.`;
    journal.record({ type: 'note', text });
  }
  journal.record({ type: 'step-started', step: step.id, attempt: state.record(step.id).attempts + 1 });
  opened(context, step, begunAtMs, captured, true);
}

/** Past the point of no return, what was done before it is history and not verified again. */
export function stillToDo({ plan, state }: Pick<RunContext, 'plan' | 'state'>): ReadonlySet<string> {
  const left = plan.steps.filter((step) => step.phase === 'after' && state.record(step.id).state !== 'done');
  return new Set(left.map((step) => step.id));
}

/** Certainly not open: undo is allowed. */
export function closed(
  context: RunContext,
  step: Step,
  begunAtMs: number,
  reason: string,
  next: string,
): StepEnd {
  const durationMs = context.deps.clock.monotonicMs() - begunAtMs;
  context.journal.record(
    { type: 'step-failed', step: step.id, durationMs, reason, next, effect: 'none' },
    true,
  );
  return { done: false, reason, next };
}

/** Neither undone nor gone on with, before the host has answered. */
export function notKnown(context: RunContext, step: Step, begunAtMs: number, reason: string): StepEnd {
  const durationMs = context.deps.clock.monotonicMs() - begunAtMs;
  const next = `Resume when ${step.host} answers: it is asked, and by its answer the run goes on or is undone.`;
  context.journal.record(
    { type: 'step-failed', step: step.id, durationMs, reason, next, effect: 'unknown' },
    true,
  );
  context.stop.request({ kind: 'opening-unknown', reason, next });
  return { done: false, reason, next };
}
