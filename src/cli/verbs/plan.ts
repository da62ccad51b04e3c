import { planReadiness } from '../../core/plan/readiness';
import { planOnPaper } from '../../core/plan/paper';
import type { Options } from '../args';
import { composeCommandLine } from '../compose';
import { EXIT } from '../exitCodes';
import { choicesOf, wantedOperation } from '../operationWords';
import { tell } from '../output';
import { planText } from '../text';

/** The plan with its evidence. Changes nothing. Exit code 3 when it would be refused. */
export async function plan(options: Options): Promise<number> {
  const { site, operation, target, mode } = await wantedOperation(options);
  const parts = composeCommandLine(options);
  try {
    const made = await parts.operations.plan(
      site,
      operation,
      target,
      mode,
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
