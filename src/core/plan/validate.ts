import { StepGraph } from './graph';
import { OPERATORS_MACHINE, type HostScript, type Plan, type Step } from './plan';
import { secretNames } from './placeholders';

/**
 * What makes a plan unfit to be run, one sentence each; empty when it is sound. The engine refuses any other plan:
 * its guarantees (undo before the point of no return, nothing in flight when it is passed) rest on this shape.
 */
export function planProblems(plan: Plan): readonly string[] {
  const graph = new StepGraph(plan.steps);
  const shape = [...idProblems(plan), ...needProblems(plan, graph)];
  if (shape.length > 0) return shape;
  return [
    ...openingProblems(plan, graph),
    ...plan.steps.flatMap((step) => stepProblems(plan, graph, step)),
    ...undoProblems(plan, graph),
    ...leaseProblems(plan),
  ];
}

function idProblems(plan: Plan): string[] {
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const { id } of plan.steps) {
    if (seen.has(id)) problems.push(`Two steps are called ${id}.`);
    seen.add(id);
  }
  return problems;
}

function needProblems(plan: Plan, graph: StepGraph): string[] {
  const problems = plan.steps.flatMap((step) =>
    step.needs
      .filter((need) => !graph.has(need))
      .map((need) => `Step ${step.id} needs ${need}, which is not in the plan.`),
  );
  const circular = graph.circular();
  if (circular.length > 0) problems.push(`Steps wait for each other in a circle: ${circular.join(', ')}.`);
  return problems;
}

/** Everything before joins at the point of no return, everything after waits for it. */
function openingProblems(plan: Plan, graph: StepGraph): string[] {
  const opening = plan.pointOfNoReturn;
  if (!graph.has(opening)) return [`The point of no return ${opening} is not a step of the plan.`];
  const problems: string[] = [];
  const before = graph.ancestorsOf(opening);
  for (const step of plan.steps) {
    const isOpening = step.id === opening;
    if (isOpening !== (step.phase === 'open')) {
      problems.push(
        isOpening
          ? `The point of no return ${opening} is in phase ${step.phase}, not open.`
          : `Step ${step.id} is in phase open, but the point of no return is ${opening}.`,
      );
    }
    if (isOpening !== (step.danger === 'irreversible')) {
      problems.push(`Step ${step.id}: exactly the point of no return is irreversible.`);
    }
    if (step.phase === 'after' && !graph.ancestorsOf(step.id).has(opening)) {
      problems.push(`Step ${step.id} comes after the point of no return, but does not wait for it.`);
    }
    if ((step.phase === 'prepare' || step.phase === 'outage') && !before.has(step.id)) {
      problems.push(`The point of no return does not wait for ${step.id}, which can still be undone.`);
    }
    if (step.phase === 'prepare' && [...graph.ancestorsOf(step.id)].some((id) => isOutage(graph, id))) {
      problems.push(`Step ${step.id} prepares, but waits for a step of the outage.`);
    }
  }
  return problems;
}

function isOutage(graph: StepGraph, id: string): boolean {
  return graph.step(id).phase === 'outage';
}

function stepProblems(plan: Plan, graph: StepGraph, step: Step): string[] {
  const problems: string[] = [];
  const before = step.phase === 'prepare' || step.phase === 'outage';
  if (before && step.act.leased && !step.undo && !step.noUndo) {
    problems.push(`Step ${step.id} changes ${step.host} and has no undo, nor a reason why it needs none.`);
  }
  if (before && step.optional) {
    problems.push(`Step ${step.id} is optional before the point of no return.`);
  }
  if (!before && step.undo) {
    problems.push(`Step ${step.id} has an undo, but there is no way back from where it stands.`);
  }
  if (step.danger !== 'none' && !step.verify) {
    problems.push(`Step ${step.id} is dangerous and has no verify.`);
  }
  if (step.id === plan.pointOfNoReturn && step.verify) {
    const printed = new Set(step.verify.outputs);
    const missing = (step.act.outputs ?? []).filter((name) => !printed.has(name));
    if (missing.length > 0) problems.push(`Verify of ${step.id} does not print ${missing.join(', ')}.`);
  }
  if (step.mend && (before || !step.mend.leased)) {
    problems.push(`Step ${step.id} mends without a lease, or where it can still be undone.`);
  }
  if (step.act.onlyWaits && (step.act.leased || step.undo || step.danger !== 'none')) {
    problems.push(`Step ${step.id} only waits, and yet it may change something.`);
  }
  for (const script of [step.act, step.verify, step.undo?.script, step.mend]) {
    if (script) problems.push(...scriptProblems(plan, graph, step, script), ...localProblems(step, script));
  }
  return problems;
}

/** An undo waits for those it requires and for those of the steps that need its step: never in a circle. */
function undoProblems(plan: Plan, graph: StepGraph): string[] {
  const problems: string[] = [];
  const waits = new Map<string, readonly string[]>();
  for (const { id, undo } of plan.steps) {
    const required = undo?.requires ?? [];
    for (const other of required) {
      if (!graph.has(other) || graph.step(other).undo === undefined) {
        problems.push(`The undo of ${id} requires that of ${other}, which there is none of.`);
      }
    }
    waits.set(id, [...required, ...graph.dependantsOf(id)]);
  }
  const circular = plan.steps.filter(({ id }) => reaches(waits, id)).map(({ id }) => id);
  if (circular.length > 0) problems.push(`Undos wait for each other in a circle: ${circular.join(', ')}.`);
  return problems;
}

/** Whether what it waits for waits for it. */
function reaches(waits: ReadonlyMap<string, readonly string[]>, id: string): boolean {
  const seen = new Set<string>();
  const open = [...(waits.get(id) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === id) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(waits.get(next) ?? []));
  }
  return false;
}

const NAME = /^[a-z][a-z0-9_]*$/;

function scriptProblems(plan: Plan, graph: StepGraph, step: Step, script: HostScript): string[] {
  const problems: string[] = [];
  const available = new Set(
    [...graph.ancestorsOf(step.id)].flatMap((id) => graph.step(id).act.outputs ?? []),
  );
  // An undo and a verify may also read what the step itself found.
  if (script !== step.act) for (const name of step.act.outputs ?? []) available.add(name);
  for (const name of script.inputs ?? []) {
    if (!available.has(name)) problems.push(`Step ${step.id} reads ${name}, which no step before it prints.`);
  }
  for (const name of [...(script.inputs ?? []), ...(script.outputs ?? [])]) {
    if (!NAME.test(name)) problems.push(`Step ${step.id}: ${name} is no name for a captured value.`);
  }
  if (script.leased && !plan.leaseHosts.includes(step.host)) {
    problems.push(`Step ${step.id} needs the lease of ${step.host}, which holds none.`);
  }
  if (!(script.timeoutMs > 0)) problems.push(`Step ${step.id} has no time limit.`);
  if (secretNames(script.script).length > 0) {
    problems.push(`Step ${step.id} has a secret in its script; only standard input may carry one.`);
  }
  for (const name of secretNames(script.stdin ?? '')) {
    if (!plan.secrets.includes(name))
      problems.push(`Step ${step.id} uses the secret ${name}, which is not listed.`);
  }
  return problems;
}

/** A program of the operator's machine takes nothing from hosts: no captured value, no secret, no lease. */
function localProblems(step: Step, script: HostScript): string[] {
  const isLocal = script.local !== undefined;
  if (isLocal !== (step.host === OPERATORS_MACHINE)) {
    return [`Step ${step.id}: exactly the steps of ${OPERATORS_MACHINE} run programs of the operator's.`];
  }
  const taken = [script.script, ...(script.inputs ?? []), ...(script.outputs ?? []), script.stdin ?? ''].join(
    '',
  );
  return isLocal && (script.leased || taken !== '')
    ? [
        `Step ${step.id} runs a program of the operator's: it takes no script, lease, value or standard input.`,
      ]
    : [];
}

function leaseProblems(plan: Plan): string[] {
  const problems: string[] = [];
  if (plan.leaseHosts.length === 0) problems.push('No host holds a lease.');
  if (!Number.isSafeInteger(plan.token) || plan.token < 1) problems.push('The token is no positive number.');
  return problems;
}
