import type { Plan, RunEnd } from '../core/plan/plan';
import type { EditorParts } from './editorParts';
import type { OperationController } from './runController';

/**
 * The operations of this window: those that a page shows, and those that run, whether or not a page shows them. A page
 * that is opened for one of them gets the controller that is there: only that one can abort, and knows the end.
 */
export class OperationsHere {
  private readonly known = new Set<OperationController>();
  private readonly begun = (): void => this.window.begun();
  private readonly ended = (plan: Plan, end: RunEnd): void => this.window.ended(plan, end);

  /** @param window told once of each run's beginning and of its end, page or no page */
  constructor(private readonly window: Pick<EditorParts, 'begun' | 'ended'>) {}

  add(controller: OperationController): OperationController {
    for (const one of this.known) if (!one.inUse()) this.known.delete(one);
    this.known.add(controller);
    controller.onDidBegin(this.begun);
    controller.onDidEnd(this.ended);
    return controller;
  }

  of(runId: string): OperationController | undefined {
    return [...this.known].find((one) => one.inUse() && one.plan().id === runId);
  }

  isRunning(runId: string): boolean {
    return this.of(runId)?.isRunning() === true;
  }
}
