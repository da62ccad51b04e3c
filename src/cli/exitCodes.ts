import type { RunEnd } from '../core/plan/plan';

/** Exit codes of the command line. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  undone: 4,
  unfinished: 5,
} as const;

const BY_END: Readonly<Record<RunEnd, number>> = {
  done: EXIT.done,
  refused: EXIT.refused,
  undone: EXIT.undone,
  'undo-owed': EXIT.unfinished,
  unfinished: EXIT.unfinished,
};

export function exitCodeOf(end: RunEnd | undefined): number {
  return end === undefined ? EXIT.unfinished : BY_END[end];
}

/** What is wrong with the words of a call: exit code 2. */
export class UsageError extends Error {}
