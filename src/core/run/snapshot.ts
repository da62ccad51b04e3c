import type { Plan, RunEnd } from '../plan/plan';

export type StepState =
  'waiting' | 'running' | 'done' | 'failed' | 'unknown' | 'skipped' | 'undoing' | 'undone' | 'undo-owed';

export interface StepSnapshot {
  readonly id: string;
  readonly state: StepState;
  readonly startedAtMs: number | undefined;
  readonly durationMs: number | undefined;
  /** What it has printed so far, whole lines, without values to keep and secrets; its last 4000 characters while it runs. */
  readonly output: string;
  readonly reason: string;
  readonly next: string;
}

/** The fold of a run's events: all that the page, the tree and the CLI draw. Plain JSON. */
export interface RunSnapshot {
  readonly runId: string;
  readonly plan: Plan;
  readonly operator: string;
  /** `undoing` goes on until an end is known. */
  readonly state: 'running' | 'undoing' | 'ended';
  readonly pastPointOfNoReturn: boolean;
  /** Past that point it may still be stopped, and gone on with later. */
  readonly stoppable?: true;
  /** Who asked to abort, while what runs goes on to its end. Absent when undo has begun. */
  readonly stoppingFor?: string;
  readonly steps: readonly StepSnapshot[];
  /** Effects that Abort would undo right now, in the order it would. Empty past the point of no return. */
  readonly abortWouldUndo: readonly string[];
  /** What happens if this window dies right now. */
  readonly ifThisDies: string;
  readonly end: RunEnd | undefined;
  /** Another machine has brought it to its end, as the hosts tell. */
  readonly endedElsewhere?: true;
  /** Taking it over from another machine was broken off: only its hosts know what was done. */
  readonly adoptedHalfway?: true;
  readonly summary: string;
  readonly next: string;
  readonly notes: readonly string[];
  readonly startedAtMs: number;
  readonly endedAtMs: number | undefined;
}
