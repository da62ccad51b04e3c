import { OperatorError } from '../errors';
import { PLAN_FORMAT, type Plan } from './plan';
import { planProblems } from './validate';

/**
 * A plan from its JSON text.
 * @throws OperatorError `format-unknown` for a newer format and for what is no plan.
 */
export function parsePlan(text: string): Plan {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unknownFormat(`The plan is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return checkPlanFormat(value);
}

/** The same for a value that was parsed already (a journal's first line holds a plan). */
export function checkPlanFormat(value: unknown): Plan {
  if (typeof value !== 'object' || value === null || !('format' in value)) {
    throw unknownFormat('The text is no plan of an operation.');
  }
  if (value.format !== PLAN_FORMAT) {
    throw unknownFormat(`The plan has format ${String(value.format)}; this version reads ${PLAN_FORMAT}.`);
  }
  if (!('steps' in value) || !Array.isArray(value.steps) || !('pointOfNoReturn' in value)) {
    throw unknownFormat('The plan has no steps.');
  }
  const plan = value as Plan;
  const problems = planProblems(plan);
  if (problems.length > 0) throw unknownFormat(`The plan is unsound: ${problems.join(' ')}`);
  return plan;
}

export function formatPlan(plan: Plan): string {
  return `${JSON.stringify(plan, undefined, 2)}\n`;
}

function unknownFormat(what: string): OperatorError {
  return new OperatorError({
    code: 'format-unknown',
    what,
    state: 'Nothing was changed.',
    next: 'Use the version that wrote it, or a newer one.',
  });
}
