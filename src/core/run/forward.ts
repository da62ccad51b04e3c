import type { Step } from '../plan/plan';
import type { RunContext } from './context';
import { endsWhatHangs } from './hangs';
import { passPointOfNoReturn } from './opening';
import { runStep, type StepEnd } from './step';

/**
 * Runs the graph forward with all the parallelism it allows. Between the end of a step and the start of those that wait
 * for it nothing is awaited, but the intents before the outage and before the point of no return.
 * When a step fails before that point, or a stop is requested, what runs goes on to its end and nothing new begins.
 */
export class Forward {
  private readonly satisfied = new Set<string>();
  private readonly begun = new Set<string>();
  private readonly failed = new Set<string>();
  private running = 0;
  private outageIntended: Promise<void> | undefined;
  private finish: () => void = () => undefined;

  /** @param pending ids of steps to run; the others count as done. */
  constructor(
    private readonly context: RunContext,
    private readonly pending: ReadonlySet<string>,
  ) {
    for (const { id } of context.plan.steps) if (!pending.has(id)) this.satisfied.add(id);
  }

  /** Resolves when nothing runs and nothing more can begin. Steps left behind by a failure are recorded as skipped. */
  async run(): Promise<void> {
    const watch = endsWhatHangs(this.context);
    await new Promise<void>((resolve) => {
      this.finish = resolve;
      this.advance();
    });
    watch.dispose();
    this.skipTheRest();
  }

  /** Required steps that could not be done. */
  get unfinished(): readonly string[] {
    return this.context.plan.steps
      .filter((step) => this.pending.has(step.id) && !this.satisfied.has(step.id))
      .map((step) => step.id);
  }

  private advance(): void {
    if (!this.context.stop.reason) {
      for (const step of this.context.plan.steps) if (this.canBegin(step)) this.launch(step);
    }
    if (this.running === 0) this.finish();
  }

  private canBegin(step: Step): boolean {
    return (
      this.pending.has(step.id) &&
      !this.begun.has(step.id) &&
      step.needs.every((need) => this.satisfied.has(need))
    );
  }

  private launch(step: Step): void {
    this.begun.add(step.id);
    this.running++;
    void this.perform(step)
      .catch((error: unknown) => this.internalError(step, error))
      .then((end) => {
        this.running--;
        if (end) this.settle(step, end);
        this.advance();
      });
  }

  /** Undefined when a stop came in between and the step was not begun. */
  private async perform(step: Step): Promise<StepEnd | undefined> {
    if (step.phase === 'outage') {
      const refused = await this.intendOutage();
      if (refused) return undefined;
    }
    if (step.id === this.context.plan.pointOfNoReturn) return passPointOfNoReturn(this.context, step);
    return runStep(this.context, step);
  }

  /** The first step of the outage waits until all of them are announced on disk. */
  private async intendOutage(): Promise<boolean> {
    const steps = this.context.plan.steps.filter(
      (step) => step.phase === 'outage' && this.pending.has(step.id),
    );
    this.outageIntended ??= Promise.all([
      this.context.journal.intend({ type: 'phase-intended', steps: steps.map(({ id }) => id) }),
      this.context.book.place('outage'),
    ]).then(() => undefined);
    try {
      await this.outageIntended;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.context.stop.request({
        kind: 'journal',
        reason: `The journal could not be written: ${why}`,
        next: 'Make room on this machine, then start again.',
      });
    }
    return this.context.stop.reason !== undefined;
  }

  private settle(step: Step, end: StepEnd): void {
    if (end.done) {
      this.satisfied.add(step.id);
      return;
    }
    this.failed.add(step.id);
    if (step.optional && step.phase === 'after') {
      this.satisfied.add(step.id);
      this.context.journal.record({
        type: 'note',
        text: `${step.title} on ${step.host} failed: ${end.reason}`,
      });
    } else if (step.phase !== 'after') {
      this.context.stop.request({
        kind: 'failure',
        reason: `${step.title} on ${step.host} failed: ${end.reason}`,
        next: end.next,
      });
    }
  }

  private internalError(step: Step, error: unknown): StepEnd {
    const reason = `An error of this program: ${error instanceof Error ? error.message : String(error)}`;
    this.context.deps.log.error(`${step.id}: ${reason}`);
    const next = 'Report it with the journal of this run.';
    this.context.journal.record({
      type: 'step-failed',
      step: step.id,
      durationMs: 0,
      reason,
      next,
      effect: step.id === this.context.plan.pointOfNoReturn ? 'unknown' : 'partial',
    });
    return { done: false, reason, next };
  }

  private skipTheRest(): void {
    for (const id of this.unfinished) {
      if (this.failed.has(id) || this.context.state.record(id).state !== 'waiting') continue;
      const blockers = this.context.state.graph.ancestorsOf(id);
      const cause = [...this.failed].filter((other) => blockers.has(other));
      const reason = cause.length > 0 ? `needs ${cause.join(', ')}` : 'the run was stopped before it';
      this.context.journal.record({ type: 'step-skipped', step: id, reason });
    }
  }
}
