import { OPERATORS_MACHINE, type Plan, type Step } from '../plan/plan';
import { type Hook, type Hooks, type HookSurroundings, localScript, shownArgv } from './hooks';

/**
 * The plan with the operator's own commands as steps. What runs before holds up everything else, one after the other: a
 * failure there ends the operation with nothing changed. An urgent one waits for those alone that name it. What runs after
 * comes last of all, and its failure is told.
 */
export function withHooks(plan: Plan, hooks: Hooks, around: HookSurroundings, urgent = false): Plan {
  const meant = ({ operations, sites }: Hook): boolean =>
    (operations?.includes(plan.operation) ?? true) && (sites?.includes(plan.site) ?? true);
  const mayHoldUp = (hook: Hook): boolean => meant(hook) && !(urgent && hook.operations === undefined);
  const before: Step[] = [];
  for (const [index, hook] of hooks.before.filter(mayHoldUp).entries()) {
    before.push(beforeStep(hook, index + 1, before.at(-1), around));
  }
  const last = before.at(-1);
  const steps =
    last === undefined
      ? plan.steps
      : plan.steps.map((step) => (step.needs.length === 0 ? { ...step, needs: [last.id] } : step));
  const after: Step[] = [];
  for (const [index, hook] of hooks.after.filter(meant).entries()) {
    const needs = [plan.pointOfNoReturn, ...[...plan.steps, ...after].filter(isAfter).map(({ id }) => id)];
    after.push(afterStep(hook, index + 1, needs, around));
  }
  return { ...plan, steps: [...before, ...steps, ...after] };
}

function isAfter(step: Step): boolean {
  return step.phase === 'after';
}

function beforeStep(hook: Hook, number: number, earlier: Step | undefined, around: HookSurroundings): Step {
  const step = {
    id: `hook-before-${number}`,
    title: hook.name,
    host: OPERATORS_MACHINE,
    why: 'A command of your own settings. When it fails, nothing is begun.',
    phase: 'prepare',
    needs: earlier === undefined ? [] : [earlier.id],
    shown: [shownArgv(hook.argv)],
    act: localScript(hook.argv, hook.timeoutMs, around, 'before'),
    ...verifyOf(hook, around),
    danger: 'none',
    usualMs: 1_000,
  } as const satisfies Step;
  if (hook.undo === undefined) return step;
  return {
    ...step,
    undo: {
      shown: [shownArgv(hook.undo)],
      script: localScript(hook.undo, hook.timeoutMs, around, 'undo'),
      effect: `${hook.name}: taken back by ${shownArgv(hook.undo)}`,
    },
  };
}

function afterStep(hook: Hook, number: number, needs: readonly string[], around: HookSurroundings): Step {
  return {
    id: `hook-after-${number}`,
    title: hook.name,
    host: OPERATORS_MACHINE,
    why: 'A command of your own settings. The operation is done; when this fails, the report says so.',
    phase: 'after',
    needs,
    shown: [shownArgv(hook.argv)],
    act: localScript(hook.argv, hook.timeoutMs, around, 'after'),
    ...verifyOf(hook, around),
    danger: 'none',
    optional: true,
    usualMs: 1_000,
  };
}

function verifyOf(hook: Hook, around: HookSurroundings): Pick<Step, 'verify'> {
  return hook.verify === undefined
    ? {}
    : { verify: localScript(hook.verify, hook.timeoutMs, around, 'verify') };
}
