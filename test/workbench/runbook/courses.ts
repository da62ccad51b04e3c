// Runs at a moment, for the page's tests.
import type { Plan } from '../../../src/core/plan/plan';
import { ScriptedController } from './scriptedController';
import { journalUpTo, snapshotAt, type Moment } from './snapshots';

/** A run that has come so far, half a minute ago. */
export function ended(moment: Moment): (plan: Plan) => ScriptedController {
  return (plan) => {
    const controller = new ScriptedController(plan);
    const startedAtMs = Date.now() - 30_000;
    controller.run = snapshotAt(plan, startedAtMs, moment);
    controller.journal = journalUpTo(plan, startedAtMs, moment);
    return controller;
  };
}

/** Every step before that one taken back, or done where it has no undo. */
export function states(
  plan: Plan,
  before: string,
  state: 'undone' | 'done',
): Record<string, 'undone' | 'done'> {
  const end = plan.steps.findIndex((step) => step.id === before);
  return Object.fromEntries(
    plan.steps.slice(0, end).map((step) => [step.id, step.undo ? state : ('done' as const)]),
  );
}

/** A run that is at work on its steps right now. */
export function running(
  upTo: string,
  states: Moment['states'],
  more: Moment = {},
): (plan: Plan) => ScriptedController {
  return (plan) => {
    const controller = new ScriptedController(plan);
    const finished = plan.steps.findIndex((step) => step.id === upTo);
    const tookMs = plan.steps.slice(0, finished).reduce((sum, step) => sum + step.usualMs, 0);
    controller.run = snapshotAt(plan, Date.now() - tookMs, { ...more, upTo, ...(states ? { states } : {}) });
    return controller;
  };
}
