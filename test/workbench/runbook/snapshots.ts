// Snapshots of a run at any point, for the page's tests.
import type { Plan, RunEnd, Step } from '../../../src/core/plan/plan';
import type { RunSnapshot, StepSnapshot, StepState } from '../../../src/core/run/snapshot';

export interface Moment {
  /** Steps before this one are done; absent: none is. */
  readonly upTo?: string;
  readonly states?: Readonly<Record<string, StepState>>;
  readonly output?: Readonly<Record<string, string>>;
  readonly reasons?: Readonly<Record<string, readonly [reason: string, next: string]>>;
  readonly state?: RunSnapshot['state'];
  readonly end?: RunEnd;
  readonly summary?: string;
  readonly next?: string;
  readonly notes?: readonly string[];
}

/** How the plan's run looks at a moment. Steps follow each other and take what they usually take. */
export function snapshotAt(plan: Plan, startedAtMs: number, moment: Moment): RunSnapshot {
  const reached = moment.upTo === undefined ? 0 : indexOf(plan, moment.upTo);
  let clockMs = startedAtMs;
  const steps = plan.steps.map((step, index): StepSnapshot => {
    const state = moment.states?.[step.id] ?? (index < reached ? 'done' : 'waiting');
    const began = state !== 'waiting' && state !== 'skipped';
    const ended = began && state !== 'running' && state !== 'undoing';
    const [reason, next] = moment.reasons?.[step.id] ?? ['', ''];
    const snapshot = {
      id: step.id,
      state,
      startedAtMs: began ? clockMs : undefined,
      durationMs: ended ? step.usualMs : undefined,
      output: moment.output?.[step.id] ?? (state === 'done' ? outputOf(step) : ''),
      reason,
      next,
    };
    if (began) clockMs += step.usualMs;
    return snapshot;
  });
  const open = indexOf(plan, plan.pointOfNoReturn);
  const past = steps[open]?.state === 'done';
  const undoable = plan.steps.filter(
    (step, index) => step.undo && ['done', 'running'].includes(steps[index]?.state ?? ''),
  );
  return {
    runId: `run-of-${plan.id}`,
    plan,
    operator: 'ada@console',
    state: moment.end ? 'ended' : (moment.state ?? 'running'),
    pastPointOfNoReturn: past,
    steps,
    abortWouldUndo: past || moment.end ? [] : undoable.reverse().map((step) => step.undo?.effect ?? ''),
    ifThisDies: past
      ? 'cc2 stays open as the only writer. Resume from any machine that has this journal.'
      : 'The lease ends by itself within 30 s. cc1 stays as it is at that moment; resume or undo from here.',
    end: moment.end,
    summary: moment.summary ?? '',
    next: moment.next ?? '',
    notes: moment.notes ?? [],
    startedAtMs,
    endedAtMs: moment.end ? clockMs : undefined,
  };
}

function indexOf(plan: Plan, id: string): number {
  const index = plan.steps.findIndex((step) => step.id === id);
  if (index < 0) throw new RangeError(`the plan has no step ${id}`);
  return index;
}

function outputOf(step: Step): string {
  return `${step.host}: ok`;
}
