import type { UnfinishedRun } from './services';

/**
 * Each run once. One that the hosts tell of though this machine has a journal of it is gone on with from the hosts: taking it
 * over was broken off, and the journal doesn't tell what was done.
 */
export function allUnfinished(
  own: readonly UnfinishedRun[],
  elsewhere: readonly UnfinishedRun[],
): readonly UnfinishedRun[] {
  const told = new Set(elsewhere.map(({ runId }) => runId));
  return [...own.filter(({ runId }) => !told.has(runId)), ...elsewhere];
}
