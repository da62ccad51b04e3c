import type { Ui } from '../ui';

/** Shows what a journal tells of an operation, with what can still be done about it. */
export async function openRun(ui: Ui, argument: unknown): Promise<void> {
  if (typeof argument === 'string') {
    await (await ui.launcher()).resume(argument);
  }
}
