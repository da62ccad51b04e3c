import type { Operations } from '../../compose/operations';
import type { Run } from '../../core/run/executor';
import type { Plan } from '../../core/plan/plan';
import type { RunSnapshot } from '../../core/run/snapshot';
import { planReadiness } from '../../core/plan/readiness';
import type { Options } from '../args';
import { attended } from '../attended';
import { composeCommandLine } from '../compose';
import { EXIT, exitCodeOf } from '../exitCodes';
import { askToConfirm } from '../confirm';
import { choicesOf, wantedOperation } from '../operationWords';
import { Progress } from '../progress';
import { planText } from '../text';

/** Prints the plan, asks (or takes --yes), runs it. Ctrl-C aborts and undoes while that is possible. */
export async function run(options: Options): Promise<number> {
  const { site, operation, target, mode } = await wantedOperation(options);
  const parts = composeCommandLine(options);
  try {
    const plan = await parts.operations.plan(
      site,
      operation,
      target,
      mode,
      choicesOf(options),
      options.attested,
    );
    const { blocking, unacknowledged } = planReadiness(plan, options.acknowledged);
    if (!options.json) console.log(planText(plan));
    if (blocking.length + unacknowledged.length > 0) return refused(options, plan, blocking, unacknowledged);
    if (!options.yes) {
      const said = await askToConfirm(plan.confirmation, process.stdin, process.stderr);
      if (said !== 'confirmed') return unconfirmed(options, said);
    }
    const one = parts.operations.newRun(site);
    return await follow(options, plan, one, parts.operations, () =>
      one.start(plan, parts.operations.startOptions(site, plan, options.acknowledged)),
    );
  } finally {
    await parts.close();
  }
}

function refused(
  options: Options,
  plan: Plan,
  blocking: readonly string[],
  reasons: readonly string[],
): number {
  if (options.json) {
    const checks = plan.checks.filter(({ outcome }) => outcome !== 'passed');
    console.log(JSON.stringify({ type: 'refused', blocking, unacknowledged: reasons, checks }));
  } else {
    if (blocking.length > 0) console.log(`\nRefused: ${blocking.join(', ')}. Nothing was changed.`);
    if (reasons.length > 0)
      console.log(`\nA reason is needed: ${reasons.map((id) => `--ack ${id}=REASON`).join(' ')}`);
  }
  return EXIT.refused;
}

const UNCONFIRMED = {
  'no-terminal': 'There is no terminal to confirm on. Read the plan, then give --yes.',
  declined: 'Not confirmed.',
} as const;

function unconfirmed({ json }: Options, said: keyof typeof UNCONFIRMED): number {
  if (json) console.log(JSON.stringify({ type: 'refused', reason: said }));
  console.error(`${UNCONFIRMED[said]} Nothing was changed.`);
  return EXIT.refused;
}

/**
 * Shows a run until its end. An interrupt asks to abort; the run itself decides whether that is still possible. A lost
 * terminal asks for nothing: the plan was confirmed, and half of it is worse than either end.
 */
export async function follow(
  options: Options,
  plan: Plan,
  one: Run,
  operations: Pick<Operations, 'operator' | 'outages'>,
  begin: () => Promise<RunSnapshot>,
): Promise<number> {
  const progress = new Progress(options.json);
  const subscription = one.onSnapshot((snapshot) => progress.show(snapshot));
  const interrupt = (): void => {
    const said = abortSentence(one.snapshot());
    one.abort(operations.operator).then(
      () => console.error(said),
      (error: unknown) => console.error(error instanceof Error ? error.message : String(error)),
    );
  };
  const hangUp = (): void =>
    console.error(`The terminal is gone: the run goes on to its end. Its report: cli.js report ${plan.id}`);
  progress.begin(plan);
  try {
    return await attended({ interrupt, hangUp }, async () => {
      const last = await begin();
      progress.show(last);
      // The run has its end: a journal that can't be read now takes nothing from it.
      progress.end(last, await operations.outages(last.runId).catch(() => []));
      return exitCodeOf(last.end);
    });
  } finally {
    subscription.dispose();
  }
}

/** @param run as it is when the abort is asked for: past its point of no return a plan that may stop is not undone */
function abortSentence(run: RunSnapshot | undefined): string {
  return run?.stoppable
    ? 'Stopping: what runs goes on to its end; the rest can be resumed. Please wait for the end.'
    : 'Aborting: what runs goes on to its end; then everything is undone. Please wait for the end.';
}
