import type { StepState } from './snapshot';

/** What is known of one step of a run. */
export interface StepRecord {
  readonly id: string;
  state: StepState;
  attempts: number;
  startedAtMs: number | undefined;
  endedAtMs: number | undefined;
  durationMs: number | undefined;
  output: string;
  reason: string;
  next: string;
  /** It may have changed its host, and no undo has brought that back. */
  touched: boolean;
  already: boolean;
  undoMs: number | undefined;
}

/** Of a step that has not been begun. */
export function emptyRecord(id: string): StepRecord {
  return {
    id,
    state: 'waiting',
    attempts: 0,
    startedAtMs: undefined,
    endedAtMs: undefined,
    durationMs: undefined,
    output: '',
    reason: '',
    next: '',
    touched: false,
    already: false,
    undoMs: undefined,
  };
}
