// Snapshots of a run at any point, for the page's tests: events as the engine writes them, and the engine's own fold.
import type { Plan, RunEnd, Step } from '../../../src/core/plan/plan';
import { JOURNAL_FORMAT, type JournalLine, type RunEvent } from '../../../src/core/run/events';
import { snapshotOf } from '../../../src/core/run/fold';
import type { RunSnapshot, StepState } from '../../../src/core/run/snapshot';
import { RunState } from '../../../src/core/run/state';

export interface Moment {
  /** Steps before this one are done; absent: none is. */
  readonly upTo?: string;
  readonly states?: Readonly<Record<string, StepState>>;
  readonly output?: Readonly<Record<string, string>>;
  readonly reasons?: Readonly<Record<string, readonly [reason: string, next: string]>>;
  readonly end?: RunEnd;
  readonly summary?: string;
  readonly next?: string;
  readonly notes?: readonly string[];
  /** Who asked to abort. */
  readonly abortedBy?: string;
  readonly acknowledged?: Readonly<Record<string, string>>;
}

/** How the plan's run looks at a moment. Steps follow each other and take what they usually take. */
export function snapshotAt(plan: Plan, startedAtMs: number, moment: Moment): RunSnapshot {
  const [first, ...rest] = journalUpTo(plan, startedAtMs, moment);
  if (!first) throw new RangeError('a journal has a first line');
  const state = new RunState(`run-of-${plan.id}`, first);
  for (const line of rest) state.apply(line);
  return snapshotOf(state);
}

/** The lines that a run up to that moment has left. */
export function journalUpTo(plan: Plan, startedAtMs: number, moment: Moment): readonly JournalLine[] {
  const { acknowledged = {} } = moment;
  const operator = 'ada@console';
  const holder = `${operator}/1`;
  const created: RunEvent = { type: 'run-created', plan, operator, acknowledged, holder };
  const lines: JournalLine[] = [];
  let atMs = startedAtMs;
  const apply = (event: RunEvent) =>
    lines.push({ format: JOURNAL_FORMAT, n: lines.length + 1, writer: 0, atMs, event });
  apply(created);

  for (const host of plan.leaseHosts) apply({ type: 'lease-taken', host, token: plan.token });
  const reached = plan.steps.findIndex((step) => step.id === moment.upTo);
  plan.steps.forEach((step, index) => {
    const goal = moment.states?.[step.id] ?? (index < reached ? 'done' : 'waiting');
    for (const [event, lastsMs] of courseOf(step, goal, moment)) {
      atMs += lastsMs;
      apply(event);
    }
  });
  if (moment.abortedBy !== undefined) apply({ type: 'abort-requested', by: moment.abortedBy });
  for (const event of undoOf(plan, moment)) apply(event);
  for (const text of moment.notes ?? []) apply({ type: 'note', text });
  const { end, summary = '', next = '' } = moment;
  if (end) apply({ type: 'run-ended', end, summary, next });
  return lines;
}

/** A step's events on its way forward, each with the time that passes before it. */
function courseOf(step: Step, goal: StepState, moment: Moment): readonly (readonly [RunEvent, number])[] {
  const [reason, next] = moment.reasons?.[step.id] ?? ['', ''];
  if (goal === 'waiting') return [];
  if (goal === 'skipped') return [[{ type: 'step-skipped', step: step.id, reason }, 0]];
  const text = moment.output?.[step.id] ?? `${step.host}: ok`;
  const begun: (readonly [RunEvent, number])[] = [
    [{ type: 'step-started', step: step.id, attempt: 1 }, 0],
    [{ type: 'step-output', step: step.id, text }, 0],
  ];
  const durationMs = step.usualMs;
  if (goal === 'running') return begun.slice(0, 1);
  if (goal === 'failed' || goal === 'unknown') {
    const effect = goal === 'failed' ? 'partial' : 'unknown';
    return [...begun, [{ type: 'step-failed', step: step.id, durationMs, reason, next, effect }, durationMs]];
  }
  return [
    ...begun,
    [{ type: 'step-done', step: step.id, durationMs, captured: {}, already: false }, durationMs],
  ];
}

/** The way back, last step first. */
function undoOf(plan: Plan, moment: Moment): readonly RunEvent[] {
  const back = plan.steps.filter((step) =>
    ['undoing', 'undone', 'undo-owed'].includes(moment.states?.[step.id] ?? ''),
  );
  if (back.length === 0) return [];
  const events: RunEvent[] = [{ type: 'undo-started', reason: 'a step failed', token: plan.token + 1 }];
  for (const { id, host } of [...back].reverse()) {
    const state = moment.states?.[id];
    const reason = moment.reasons?.[id]?.[0] ?? '';
    events.push({ type: 'undo-step-started', step: id });
    if (state === 'undone') events.push({ type: 'undo-step-done', step: id, durationMs: 20 });
    if (state === 'undo-owed') events.push({ type: 'undo-step-owed', step: id, host, reason });
  }
  return events;
}
