import type {
  Phase,
  Plan,
  RunEnd,
  RunView,
  Step,
  StepPhase,
  StepSnapshot,
  StepState,
} from '../../src/shared/protocol';
import type { Mark } from './tone';

/** One step as the runbook draws it. Numbers start at 1 and are those of the plan on paper. */
export interface StepRow {
  readonly step: Step;
  readonly number: number;
  /** Numbers of the steps that must be done first, unless that is only the one before. */
  readonly after: readonly number[];
  readonly run: StepSnapshot;
  /** As its frame is drawn: after an undo, what nobody had to take back is no question any more. */
  readonly drawn: StepState;
}

export interface PhaseGroup {
  readonly phase: StepPhase;
  readonly title: string;
  readonly meaning: string;
  readonly rows: readonly StepRow[];
  /** The point of no return stands before the row at this index; undefined: not in this phase. */
  readonly lineBefore: number | undefined;
}

export function phaseGroups(
  plan: Plan,
  phases: readonly Phase[],
  run: RunView | undefined,
): readonly PhaseGroup[] {
  const numbers = new Map(plan.steps.map((step, index) => [step.id, index + 1]));
  const states = new Map(run?.steps.map((step) => [step.id, step]));
  const rows = plan.steps.map((step, index): StepRow => {
    const needs = step.needs.map((id) => numbers.get(id)).filter((number) => number !== undefined);
    const onlyPrevious = needs.length === 1 && needs[0] === index;
    const own = states.get(step.id) ?? notRun(step.id);
    return {
      step,
      number: index + 1,
      after: onlyPrevious ? [] : needs,
      run: own,
      drawn: run?.end === 'undone' && own.state === 'unknown' ? 'waiting' : own.state,
    };
  });
  return phases
    .map((phase) => {
      const own = rows.filter((row) => row.step.phase === phase.phase);
      const line = own.findIndex((row) => row.step.id === plan.pointOfNoReturn);
      return { ...phase, rows: own, lineBefore: line < 0 ? undefined : line };
    })
    .filter((group) => group.rows.length > 0);
}

function notRun(id: string): StepSnapshot {
  return {
    id,
    state: 'waiting',
    startedAtMs: undefined,
    durationMs: undefined,
    output: '',
    reason: '',
    next: '',
  };
}

const marks: Readonly<Record<StepState, Mark>> = {
  waiting: { tone: 'quiet', icon: 'circle-large-outline', word: 'Waiting' },
  running: { tone: 'active', icon: 'sync', word: 'Running' },
  done: { tone: 'good', icon: 'pass-filled', word: 'Done' },
  failed: { tone: 'bad', icon: 'error', word: 'Failed' },
  unknown: { tone: 'unknown', icon: 'question', word: 'Unknown' },
  skipped: { tone: 'quiet', icon: 'debug-step-over', word: 'Skipped' },
  undoing: { tone: 'active', icon: 'sync', word: 'Undoing' },
  undone: { tone: 'info', icon: 'discard', word: 'Undone' },
  'undo-owed': { tone: 'warn', icon: 'history', word: 'Undo owed' },
};

/** @param end the run is over: what still waits will not come, and what an undo left as it is needed none */
export function stepMark(state: StepState, end?: RunEnd): Mark {
  if (end !== undefined && state === 'waiting') return { ...marks.waiting, word: 'Not run' };
  if (end === 'undone' && state === 'unknown') return { ...marks.waiting, word: 'Nothing to undo' };
  return marks[state];
}

/** How far a run is: steps that reached a final state, of all. */
export function progress(run: RunView): { readonly finished: number; readonly total: number } {
  const open: readonly StepState[] = ['waiting', 'running', 'undoing'];
  const finished = run.steps.filter((step) => !open.includes(step.state)).length;
  return { finished, total: run.steps.length };
}
