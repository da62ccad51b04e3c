import type { OutageSpan, Plan, RunView, StepPhase, StepState } from '../../src/shared/protocol';

export interface TimelineRow {
  readonly id: string;
  readonly title: string;
  readonly host: string;
  readonly state: StepState | 'outage';
  readonly offsetMs: number;
  /** Undefined: its end is not known. */
  readonly durationMs: number | undefined;
  /** Place on the time axis, percent of the whole. */
  readonly left: number;
  readonly width: number;
  /** How an outage was measured; empty for a step. */
  readonly note: string;
}

/** Below this a bar could not be seen. */
const LEAST_WIDTH_PERCENT = 0.6;

/** Outages first, then every step that began, in the order in which they began. */
export function timeline(plan: Plan, run: RunView, measured: readonly OutageSpan[]): readonly TimelineRow[] {
  const began = run.steps.filter((step) => step.startedAtMs !== undefined);
  const spans = measured.length > 0 ? measured : outageOfSteps(plan, run);
  const starts = [
    run.startedAtMs,
    ...began.map((step) => step.startedAtMs ?? 0),
    ...spans.map((span) => span.startedAtMs),
  ];
  const finishes = [
    run.endedAtMs ?? 0,
    ...began.map((step) => (step.startedAtMs ?? 0) + (step.durationMs ?? 0)),
    ...spans.map((span) => span.endedAtMs),
  ];
  const origin = Math.min(...starts);
  const whole = Math.max(1, Math.max(...finishes) - origin);
  const place = (startedAtMs: number, durationMs: number | undefined) => {
    const width = Math.min(100, Math.max(LEAST_WIDTH_PERCENT, ((durationMs ?? 0) / whole) * 100));
    const left = Math.min(100 - width, ((startedAtMs - origin) / whole) * 100);
    return { offsetMs: startedAtMs - origin, durationMs, left, width };
  };

  const outages = spans.map((span): TimelineRow => ({
    id: `outage-${span.id}`,
    title: span.label,
    host: '',
    state: 'outage',
    note: span.measuredBy,
    ...place(span.startedAtMs, span.endedAtMs - span.startedAtMs),
  }));
  const titles = new Map(plan.steps.map((step) => [step.id, step]));
  const steps = began
    .map((step): TimelineRow => ({
      id: step.id,
      title: titles.get(step.id)?.title ?? step.id,
      host: titles.get(step.id)?.host ?? '',
      state: step.state,
      note: '',
      ...place(step.startedAtMs ?? 0, step.durationMs),
    }))
    .sort((a, b) => a.offsetMs - b.offsetMs);
  return [...outages, ...steps];
}

/** From the first step that users notice to the end of the opening, or of the undo: an upper bound, known without any probe. */
function outageOfSteps(plan: Plan, run: RunView): readonly OutageSpan[] {
  // Older than the run: its steps bound nothing.
  if (plan.outageBegan !== undefined) return [];
  const began = (phase: StepPhase) => {
    const ids = new Set(plan.steps.filter((step) => step.phase === phase).map((step) => step.id));
    return run.steps.flatMap(({ id, state, startedAtMs, durationMs = 0 }) =>
      ids.has(id) && startedAtMs !== undefined
        ? [{ state, startedAtMs, endedAtMs: startedAtMs + durationMs }]
        : [],
    );
  };
  const starts = began('outage').map((step) => step.startedAtMs);
  const ends = began('open')
    .filter((step) => step.state === 'done')
    .map((step) => step.endedAtMs);
  if (run.end === 'undone' && run.endedAtMs !== undefined) ends.push(run.endedAtMs);
  if (starts.length === 0 || ends.length === 0) return [];
  return [
    {
      id: 'steps',
      label: 'Outage at most',
      startedAtMs: Math.min(...starts),
      endedAtMs: Math.max(...ends),
      measuredBy: "from the steps' own times, an upper bound",
    },
  ];
}
