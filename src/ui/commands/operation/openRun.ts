import type { PastRun } from '../../services';
import type { Ui } from '../ui';

/** Shows what a journal tells of an operation, with what can still be done about it. */
export async function openRun(ui: Ui, argument: unknown): Promise<void> {
  const runId = typeof argument === 'string' ? argument : (argument as Partial<PastRun> | undefined)?.runId;
  if (runId !== undefined) {
    await (await ui.launcher()).resume(runId);
  }
}
