import type { LiveOutput } from './liveOutput';
import { parseJournal } from './journalText';
import { abortWouldUndo, ADOPTED_HALFWAY, ifThisDies, TAKE_OVER_AGAIN } from './outlook';
import type { RunSnapshot, StepSnapshot } from './snapshot';
import { RunState } from './state';
import type { StepRecord } from './stepRecord';

/** What is drawn of a run at this moment. `live`: output of the scripts that this process is running. */
export function snapshotOf(state: RunState, live?: LiveOutput): RunSnapshot {
  return {
    runId: state.runId,
    plan: state.plan,
    operator: state.operator,
    state: state.phase,
    pastPointOfNoReturn: state.opening === 'open',
    ...(state.opening === 'open' && state.plan.stoppable ? { stoppable: true } : {}),
    ...(state.phase === 'running' && state.abortedBy !== undefined ? { stoppingFor: state.abortedBy } : {}),
    steps: [...state.steps.values()].map((record) => stepSnapshot(record, live)),
    abortWouldUndo: abortWouldUndo(state),
    ifThisDies: ifThisDies(state),
    end: state.end,
    ...(state.endedElsewhere ? { endedElsewhere: true } : {}),
    ...(state.adoptedHalfway ? { adoptedHalfway: true } : {}),
    summary: state.adoptedHalfway && state.summary === '' ? ADOPTED_HALFWAY : state.summary,
    next: state.adoptedHalfway && state.next === '' ? TAKE_OVER_AGAIN : state.next,
    notes: [...state.notes],
    startedAtMs: state.startedAtMs,
    endedAtMs: state.endedAtMs,
  };
}

function stepSnapshot(record: StepRecord, live: LiveOutput | undefined): StepSnapshot {
  const { id, state, startedAtMs, durationMs, reason, next } = record;
  const output = record.output + (live?.of(id) ?? '');
  return { id, state, startedAtMs, durationMs, output, reason, next };
}

/**
 * A run as its journal tells it, with no process running it: a step that began and has no end is unknown.
 * @throws OperatorError `format-unknown` for a newer format or a damaged journal.
 */
export function foldJournal(runId: string, texts: readonly string[]): RunState {
  const { lines } = parseJournal(runId, texts);
  const [first, ...rest] = lines;
  if (!first) throw new RangeError('a parsed journal has a first line');
  const state = new RunState(runId, first);
  for (const line of rest) state.apply(line);
  state.forgetRunning();
  return state;
}
