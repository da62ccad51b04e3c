import { isOperatorError } from '../errors';
import { planReadiness } from '../plan/readiness';
import { conclude, refuse } from './conclude';
import type { RunContext } from './context';
import { Forward } from './forward';
import { SecretValues } from './secretValues';

export interface StartOptions {
  readonly operator: string;
  /** Typed reasons by check id. */
  readonly acknowledged: Readonly<Record<string, string>>;
  /** Observes again what the plan rests on. Called once, before the first change: under the lease, or before another's is taken over. */
  recheck(): Promise<{ readonly digest: string; readonly difference: readonly string[] }>;
}

/** The course of a run from its beginning: refusals, lease, recheck, then the graph. */
export async function startCourse(context: RunContext, options: StartOptions): Promise<void> {
  const { plan, lease } = context;
  const { blocking, unacknowledged } = planReadiness(plan, options.acknowledged);
  if (blocking.length > 0) {
    return refuse(
      context,
      `These checks block it: ${blocking.join(', ')}.`,
      'Mend what they name, and plan again.',
    );
  }
  if (unacknowledged.length > 0) {
    return refuse(
      context,
      `These checks need a reason: ${unacknowledged.join(', ')}.`,
      'Give a reason for each.',
    );
  }
  try {
    context.secrets = await SecretValues.read(context.deps.secrets, plan.secrets);
  } catch (error) {
    const next = isOperatorError(error) ? error.next : 'Look at where secrets are kept.';
    return refuse(context, error instanceof Error ? error.message : String(error), next);
  }
  if (isAborted(context)) return refuseAborted(context);
  // Who takes over ends the other one's run: what is refused for a changed site is refused before that.
  const seizes = plan.takesOver !== undefined;
  const beforehand = seizes ? await whatHasChanged(context, options) : undefined;
  if (isAborted(context)) return refuseAborted(context);
  if (beforehand !== undefined) return refuse(context, beforehand, 'Make a new plan.');
  const taken =
    plan.takesOver === undefined ? await lease.take(plan.token) : await lease.seize(plan.takesOver);
  if (!taken.taken) {
    return refuse(
      context,
      `The lease could not be taken. ${taken.reason}`,
      plan.takesOver === undefined
        ? 'Wait for the other one, or plan again.'
        : "Plan again. Where there is no time: the plan says what to type at the host's console.",
    );
  }
  lease.startRenewing();
  const difference = seizes ? undefined : await whatHasChanged(context, options);
  if (isAborted(context)) return refuseAborted(context);
  if (difference !== undefined) return refuse(context, difference, 'Make a new plan.');
  await context.book.begin('prepare');
  return goForward(context, new Set(plan.steps.map((step) => step.id)));
}

function isAborted({ stop }: RunContext): boolean {
  return stop.reason?.kind === 'abort';
}

/** Nothing was begun yet, so there is nothing to undo. */
function refuseAborted(context: RunContext): Promise<void> {
  return refuse(context, context.stop.reason?.reason ?? '', context.stop.reason?.next ?? '');
}

async function whatHasChanged({ plan }: RunContext, options: StartOptions): Promise<string | undefined> {
  try {
    const { digest, difference } = await options.recheck();
    if (digest === plan.digest) return undefined;
    return `The site has changed since the plan was made: ${difference.join('; ') || 'its digest differs'}.`;
  } catch (error) {
    return `The site could not be read again: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Runs the pending steps and brings the run to its end. A resumed run comes here, too. */
export async function goForward(context: RunContext, pending: ReadonlySet<string>): Promise<void> {
  const prepare = context.plan.steps.filter((step) => step.phase === 'prepare' && pending.has(step.id));
  const forward = new Forward(context, pending);
  try {
    if (prepare.length > 0) {
      await context.journal.intend({ type: 'phase-intended', steps: prepare.map((step) => step.id) });
    }
  } catch {
    // The journal's own failure has stopped the run already.
  }
  await forward.run();
  await conclude(context, forward.unfinished);
}
