import type { RunSnapshot } from '../core/run/snapshot';
import type { OutageSpan } from '../shared/protocol';
import type { Operations } from './operations';

/** What a journal of this machine tells of a run that this window doesn't run. */
export interface JournalRun {
  readonly snapshot: RunSnapshot;
  readonly spans: readonly OutageSpan[];
}

/** @throws OperatorError `format-unknown` for a newer format or a damaged journal. */
export async function journalRun(operations: Operations, runId: string): Promise<JournalRun> {
  const snapshot = withoutProcess(await operations.snapshotOf(runId));
  return { snapshot, spans: await operations.outages(runId) };
}

/** Of a run without an end nobody here knows a process: it is shown as one to be resumed, not as one that runs. */
export function withoutProcess(snapshot: RunSnapshot): RunSnapshot {
  if (snapshot.end !== undefined) return snapshot;
  if (snapshot.endedElsewhere === true) return { ...snapshot, end: 'unfinished' };
  if (snapshot.adoptedHalfway === true) return { ...snapshot, state: 'ended', end: 'unfinished' };
  return {
    ...snapshot,
    state: 'ended',
    end: snapshot.state === 'undoing' ? 'undo-owed' : 'unfinished',
    summary: 'It has no end, and no process of this window runs it.',
    next: 'Resume or undo it: each step is asked for its effect first.',
  };
}
