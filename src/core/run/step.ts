import type { Step } from '../plan/plan';
import type { RunContext } from './context';
import { backoffMs } from './deps';
import { sendScript, type ScriptEnd } from './script';

export interface StepEnd {
  readonly done: boolean;
  readonly reason: string;
  readonly next: string;
}

type Failure = Exclude<ScriptEnd, { kind: 'done' }>;

/**
 * Runs one step to a known end: check, act, and where an end was not seen, verify before anything is sent again.
 * Before the point of no return an error ends it at once; afterwards, where the way leads forward only, it is tried again.
 */
export async function runStep(context: RunContext, step: Step): Promise<StepEnd> {
  const { journal, state, policy, stop, deps } = context;
  const record = state.record(step.id);
  const begunAtMs = deps.clock.monotonicMs();
  const firstAttempt = record.attempts;
  const forwardOnly = step.phase === 'after';
  let touched = record.touched;
  let failure: Failure | undefined;
  const attempts = step.attempts ?? policy.attempts;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (attempt > 1) {
      await deps.clock.sleep(backoffMs(policy, attempt), stop.signal).catch(() => undefined);
      if (stop.reason || (attempt > 2 && isTooLate(context, step, begunAtMs))) break;
    }
    const started = { type: 'step-started', step: step.id, attempt: firstAttempt + attempt } as const;
    if (step.act.local === undefined) journal.record(started, step.needs.length > 1);
    else {
      // Nobody can be asked whether it has begun but the journal.
      await journal.intend(started).catch(() => undefined);
      if (stop.reason) break;
    }
    if (step.mend && record.attempts > 1) await sendScript(context, step, step.mend, 'act');
    const end = await tryOnce(context, step, touched, begunAtMs);
    if (end.kind === 'done') return { done: true, reason: '', next: '' };
    failure = end;
    touched ||= end.kind === 'unknown' || end.kind === 'refused' || (end.kind === 'lease' && end.begun);
    if (end.kind === 'lease') {
      if (end.overtaken || !forwardOnly) break;
      await raiseAgain(context, step.host);
    } else if (
      end.kind === 'unsent' ? end.definite : end.kind === 'refused' && (!forwardOnly || step.act.local)
    )
      break;
  }
  return fail(context, step, failure, touched, begunAtMs);
}

/** In the outage users wait: what does not come in this time, and at a second try, is undone instead. */
function isTooLate({ deps, policy }: RunContext, step: Step, begunAtMs: number): boolean {
  return step.phase === 'outage' && deps.clock.monotonicMs() - begunAtMs > policy.outagePatienceMs;
}

/** One try. A `done` end is recorded here, with what it captured. */
async function tryOnce(
  context: RunContext,
  step: Step,
  touched: boolean,
  begunAtMs: number,
): Promise<ScriptEnd> {
  if (touched && step.verify) {
    const verified = await sendScript(context, step, step.verify, 'verify');
    if (verified.kind === 'done' && printedAll(step, verified.captured)) {
      return recordDone(context, step, verified.captured, true, begunAtMs);
    }
    // Only the answer "it does not stand" allows to act again; what can't be told is asked again.
    if (verified.kind !== 'done' && !(verified.kind === 'refused' && verified.exitCode === 1)) {
      return notTold(verified);
    }
  }
  if (touched && step.act.local !== undefined && !step.verify) {
    return ranBefore(context, step, begunAtMs);
  }
  const end = await sendScript(context, step, step.act, 'act');
  if (end.kind !== 'done') return end;
  if (!printedAll(step, end.captured)) {
    const missing = (step.act.outputs ?? []).filter((name) => !(name in end.captured));
    return {
      kind: 'refused',
      exitCode: 0,
      reason: `It did not print ${missing.join(', ')}.`,
      next: 'Undo, and report this as a fault of the plan.',
    };
  }
  return recordDone(context, step, end.captured, false, begunAtMs);
}

/** A command of the operator's own that can't be asked for its effect: what is done is done, and nothing is done twice. */
function ranBefore(context: RunContext, step: Step, begunAtMs: number): ScriptEnd {
  if (context.state.doneOrder.includes(step.id)) return recordDone(context, step, {}, true, begunAtMs);
  return {
    kind: 'refused',
    exitCode: -1,
    reason: 'It was begun, its end is not known, and it has no verify: it is not run a second time.',
    next: 'See what it has done, and give it a verify command (docs/hooks.md).',
  };
}

/** The step has begun in an earlier try, so its end stays unknown whatever kept the host from being asked. */
function notTold(verified: Failure): Failure {
  if (verified.kind === 'lease' || (verified.kind === 'unsent' && verified.definite)) return verified;
  return {
    kind: 'unknown',
    reason: `It can't be told whether it stands: ${verified.reason}`,
    next: verified.next,
  };
}

function recordDone(
  { journal, deps }: RunContext,
  step: Step,
  captured: Readonly<Record<string, string>>,
  already: boolean,
  begunAtMs: number,
): ScriptEnd {
  const durationMs = deps.clock.monotonicMs() - begunAtMs;
  journal.record({ type: 'step-done', step: step.id, durationMs, captured, already });
  return { kind: 'done', captured };
}

function printedAll(step: Step, captured: Readonly<Record<string, string>>): boolean {
  return (step.act.outputs ?? []).every((name) => name in captured);
}

async function raiseAgain(context: RunContext, host: string): Promise<void> {
  const { overtakenBy } = await context.lease.revive(host, context.mayOvertake);
  if (overtakenBy !== undefined) {
    context.stop.request({
      kind: 'overtaken',
      reason: overtakenBy,
      next: 'See who acts on this site now, and leave it to them.',
    });
  }
}

function fail(
  { journal, deps, stop }: RunContext,
  step: Step,
  failure: Failure | undefined,
  touched: boolean,
  begunAtMs: number,
): StepEnd {
  const reason = failure?.reason ?? 'It was not begun.';
  const next = failure?.next ?? '';
  const durationMs = deps.clock.monotonicMs() - begunAtMs;
  const effect = !touched ? 'none' : failure?.kind === 'refused' ? 'partial' : 'unknown';
  journal.record({ type: 'step-failed', step: step.id, durationMs, reason, next, effect }, true);
  if (failure?.kind === 'lease' && failure.overtaken) stop.request({ kind: 'overtaken', reason, next });
  return { done: false, reason, next };
}
