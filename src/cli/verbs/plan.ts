import { planReadiness } from '../../core/plan/readiness';
import { planOnPaper } from '../../core/plan/paper';
import { SCHEMES } from '../../core/schemes/registry';
import type { PlanChoices } from '../../core/schemes/scheme';
import type { Options } from '../args';
import { composeCommandLine } from '../compose';
import { EXIT, UsageError } from '../exitCodes';
import { chooseSite } from '../inventory';
import { tell } from '../output';
import { planText } from '../text';

/** `promote cc2`: the operation and its target. @throws UsageError */
export function operationWords({ words, verb }: Options): {
  readonly operation: string;
  readonly target: string;
} {
  const [operation, ...others] = words;
  // A deployment goes to all hosts unless one is named; a hardening always does.
  const [target = operation === 'deploy' || operation === 'harden' ? 'all' : undefined, ...rest] = others;
  const known = SCHEMES.flatMap(({ operations }) => operations.map(({ id }) => id));
  if (operation === undefined || !known.includes(operation) || target === undefined || rest.length > 0) {
    throw new UsageError(
      `${verb} takes an operation and its target: ${verb} promote cc2; operations: ${known.join(', ')}`,
    );
  }
  return { operation, target };
}

/** What was chosen beyond the target. */
export function choicesOf({ files }: Options): PlanChoices | undefined {
  return files.length === 0 ? undefined : { files };
}

/** The plan with its evidence. Changes nothing. Exit code 3 when it would be refused. */
export async function plan(options: Options): Promise<number> {
  const { operation, target } = operationWords(options);
  const site = await chooseSite(options);
  const parts = composeCommandLine(options);
  try {
    const made = await parts.operations.plan(
      site,
      operation,
      target,
      options.mode,
      choicesOf(options),
      options.attested,
    );
    const readiness = planReadiness(made, options.acknowledged);
    const text = options.paper ? planOnPaper(made) : planText(made);
    await tell(options, options.json ? JSON.stringify({ plan: made, readiness }) : text);
    return readiness.blocking.length > 0 ? EXIT.refused : EXIT.done;
  } finally {
    await parts.close();
  }
}
