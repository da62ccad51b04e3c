import { OperatorError } from '../errors';
import { concludeByUndo, conclude } from './conclude';
import type { RunContext } from './context';
import { backoffMs } from './deps';
import type { RaiseResult } from './leaseRaise';
import { askWhetherOpen, notKnown, openedWithoutUs, stillToDo } from './opening';
import { ADOPTED_HALFWAY, TAKE_OVER_AGAIN } from './outlook';
import { goForward } from './start';
import type { RunState } from './state';

export interface ResumeOptions {
  readonly operator: string;
  readonly intent: 'finish' | 'undo';
  /** Takes the lease from a process that is still renewing it. That one can do nothing more afterwards. */
  readonly takeOver?: boolean;
}

/**
 * Whether what the journal tells can be gone on with in this way.
 * @throws OperatorError `run-not-resumable`, with the way out.
 */
export function checkResumable(state: RunState, intent: ResumeOptions['intent']): void {
  if (state.endedElsewhere)
    throw notResumable(state.summary, 'Look at the site as it is now, and make a new plan.');
  if (state.adoptedHalfway) throw notResumable(ADOPTED_HALFWAY, TAKE_OVER_AGAIN);
  if (state.end === 'done' || state.end === 'refused' || state.end === 'undone') {
    throw notResumable(`The run has ended: ${state.end}.`, 'Make a new plan.');
  }
  if (intent === 'undo' && state.opening === 'open') {
    throw notResumable(
      'The point of no return is passed: nothing can be undone.',
      'Finish it, then switch back by a new plan.',
    );
  }
}

/** The course of a resumed run, once its lease may be overtaken: raise, ask what is not known, then on or back. */
export async function resumeCourse(context: RunContext, { intent }: ResumeOptions): Promise<void> {
  const { state, plan, lease, stop } = context;
  // One host after the other, each until what still runs there has ended: the first lease must not age meanwhile.
  lease.startRenewing();
  const raised = await raiseAll(context, intent === 'finish' ? context.policy.attempts : 1);
  if (raised.overtakenBy !== undefined) {
    stop.request({ kind: 'overtaken', reason: raised.overtakenBy, next: 'Leave the site to them.' });
    return conclude(context, []);
  }
  const place = state.opening === 'closed' ? 'prepare' : 'outage';
  // It raises again, and what is sent with an older token meanwhile is not obeyed: the book comes behind it.
  if (state.opening === 'intended' || mayBeOpen(context)) await learnOpening(context);
  if (stop.isOvertaken()) return conclude(context, []);
  // Whoever comes after this machine should find whose run it is now; in an outage nobody waits for that.
  const told = context.book.begin(place);
  if (stop.reason) {
    await told;
    return conclude(context, []);
  }
  if (state.opening === 'open') {
    if (intent === 'finish') return goForward(context, stillToDo(context));
    stop.request({
      kind: 'failure',
      reason: 'The point of no return is passed.',
      next: 'Resume to finish it; switch back by a new plan.',
    });
    return conclude(
      context,
      [...stillToDo(context)].length > 0 ? [...stillToDo(context)] : [plan.pointOfNoReturn],
    );
  }
  if (intent === 'undo')
    return concludeByUndo(
      context,
      `${context.state.operator} asked to undo it.`,
      'Start again when you wish.',
    );
  // What was done may no longer stand: every step is verified again, in its order, before the run goes on.
  return goForward(context, new Set(plan.steps.map((step) => step.id)));
}

/**
 * The token of every host that answers. What the dead process still had running is killed by the first raise and may
 * hold the lock a little longer than that waits: going on needs all, so they are asked again. An undo has rounds of its own.
 */
async function raiseAll(context: RunContext, attempts: number): Promise<RaiseResult> {
  const { plan, lease, policy, deps } = context;
  let result = await lease.raise(plan.leaseHosts, context.mayOvertake);
  for (let attempt = 2; attempt <= attempts; attempt++) {
    const away = [...result.away];
    if (result.overtakenBy !== undefined || away.length === 0) break;
    deps.log.warn(away.map(([host, reason]) => `the lease on ${host}: ${reason}`).join(' '));
    await deps.clock.sleep(backoffMs(policy, attempt));
    result = await lease.raise(
      away.map(([host]) => host),
      context.mayOvertake,
    );
  }
  return result;
}

async function learnOpening(context: RunContext): Promise<void> {
  const { journal, plan, state, deps } = context;
  const step = state.graph.step(plan.pointOfNoReturn);
  const begunAtMs = deps.clock.monotonicMs();
  const answer = await askWhetherOpen(context, step);
  if (answer.open) openedWithoutUs(context, begunAtMs, answer.captured);
  else if (answer.open === false) journal.record({ type: 'step-not-begun', step: step.id }, true);
  else {
    journal.record({ type: 'step-started', step: step.id, attempt: state.record(step.id).attempts + 1 });
    notKnown(context, step, begunAtMs, answer.reason);
  }
}

/** Nothing was sent that opens it, and yet its guard may have. */
function mayBeOpen({ plan, state }: RunContext): boolean {
  return (
    state.opening === 'closed' && plan.steps.some(({ id, letsOpen }) => letsOpen && state.record(id).touched)
  );
}

export function notResumable(what: string, next: string): OperatorError {
  return new OperatorError({
    code: 'run-not-resumable',
    what,
    state: 'Nothing was changed by this.',
    next,
  });
}
