import { planReadiness } from '../../core/plan/readiness';
import type { Options } from '../args';
import { composeCommandLine } from '../compose';
import { EXIT, UsageError } from '../exitCodes';
import { chooseSite } from '../inventory';
import { planText } from '../text';

/** `promote cc2`: the operation and its target. @throws UsageError */
export function operationWords({ words, verb }: Options): {
  readonly operation: string;
  readonly target: string;
} {
  const [operation, target, ...rest] = words;
  if (operation !== 'promote' || target === undefined || rest.length > 0) {
    throw new UsageError(`${verb} takes an operation and its target: ${verb} promote cc2`);
  }
  return { operation, target };
}

/** The plan with its evidence. Changes nothing. Exit code 3 when it would be refused. */
export async function plan(options: Options): Promise<number> {
  const { operation, target } = operationWords(options);
  const site = await chooseSite(options);
  const parts = composeCommandLine(options);
  try {
    const made = await parts.operations.plan(site, operation, target, 'planned');
    const readiness = planReadiness(made, options.acknowledged);
    console.log(options.json ? JSON.stringify({ plan: made, readiness }) : planText(made));
    return readiness.blocking.length > 0 ? EXIT.refused : EXIT.done;
  } finally {
    await parts.close();
  }
}
