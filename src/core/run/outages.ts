import type { Step } from '../plan/plan';
import type { RunState } from './state';

/** How long something was away by the times of the steps, as this machine's clock saw them. Epoch ms. */
export interface StepSpan {
  readonly id: 'writes' | 'whole';
  readonly label: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly measuredBy: string;
}

/**
 * What users noticed, from the first interrupting step on: until the point of no return was passed, and until the last
 * required step after it. An undone run has one span, until the last undo. Empty where nothing was interrupted.
 */
export function outageSpans(state: RunState): readonly StepSpan[] {
  const started = times(state, (step) => step.danger === 'interrupts', 'startedAtMs');
  if (started.length === 0) return [];
  const startedAtMs = Math.min(...started);
  const spans: StepSpan[] = [];
  const opened = state.record(state.plan.pointOfNoReturn);
  const add = (id: StepSpan['id'], label: string, endedAtMs: number, until: string): void => {
    spans.push({
      id,
      label,
      startedAtMs,
      endedAtMs,
      measuredBy: `times of this run's steps on this machine: first interrupting step begun, until ${until}`,
    });
  };
  if (state.opening === 'open' && opened.endedAtMs !== undefined) {
    add('writes', 'Writes', opened.endedAtMs, `"${titleOf(state, opened.id)}" was done`);
    const after = times(state, (step) => step.phase === 'after' && !step.optional, 'endedAtMs');
    if (after.length > 0 && state.end === 'done') {
      add('whole', 'Service', Math.max(...after), 'the last required step was done');
    }
  } else if (state.end === 'undone' && state.endedAtMs !== undefined) {
    add('whole', 'Service', state.endedAtMs, 'everything was undone');
  }
  return spans;
}

function times(
  state: RunState,
  wanted: (step: Step) => boolean,
  which: 'startedAtMs' | 'endedAtMs',
): readonly number[] {
  return state.plan.steps
    .filter(wanted)
    .map((step) => state.record(step.id)[which])
    .filter((time) => time !== undefined);
}

function titleOf(state: RunState, id: string): string {
  return state.graph.step(id).title;
}
