import { isOperatorError } from '../errors';
import type { Plan } from '../plan/plan';
import { askForResume, beginResume, beginRun, refusal, type Resumable } from './begin';
import { endRun } from './conclude';
import type { RunContext } from './context';
import { policyOf, type RunDeps } from './deps';
import { snapshotOf } from './fold';
import { resumeCourse, type ResumeOptions } from './resume';
import type { RunSnapshot } from './snapshot';
import { SnapshotFeed } from './snapshotFeed';
import { startCourse, type StartOptions } from './start';
import { Threshold } from './threshold';

/** One run of one plan in this process. Make a new one for every `start` and every `resume`. */
export class Run {
  private context: RunContext | undefined;
  private readonly feed: SnapshotFeed;
  private readonly threshold = new Threshold();

  constructor(private readonly deps: RunDeps) {
    this.feed = new SnapshotFeed(deps.clock, policyOf(deps).notifyEveryMs);
  }

  /** Undefined until the run has begun. */
  snapshot(): RunSnapshot | undefined {
    return this.context && snapshotOf(this.context.state, this.context.live);
  }

  /** At most one call in 50 ms, and always one for the last snapshot. */
  onSnapshot(listener: (snapshot: RunSnapshot) => void): { dispose(): void } {
    return this.feed.add(listener);
  }

  /**
   * Runs a plan to one of its named ends. The run's id is the plan's: a plan runs once.
   * @throws OperatorError when the plan is unsound, was run before, or its journal can't be written: nothing was changed.
   */
  async start(plan: Plan, options: StartOptions): Promise<RunSnapshot> {
    const begin = (): Promise<RunContext> => beginRun(this.deps, plan, options, () => this.changed());
    const context = await this.threshold.write(async () => this.keep(await begin()));
    return this.toTheEnd(context, () => startCourse(context, options));
  }

  /**
   * Goes on with a run that has no final end: to its goal, or back to where it began. Steps whose end is not known are
   * verified first, never blindly run again.
   * @throws OperatorError where that is not possible (`run-not-resumable`, `lease-held`, `host-unreachable`,
   * `secret-missing`, `format-unknown`), or it was aborted meanwhile: nothing was changed then, and nothing written.
   */
  async resume(runId: string, options: ResumeOptions): Promise<RunSnapshot> {
    const ask = (): Promise<Resumable> => askForResume(this.deps, runId, options, () => this.changed());
    const resumable = await this.threshold.ask(ask);
    const context = await this.threshold.write(async () => this.keep(await beginResume(resumable, options)));
    return this.toTheEnd(context, () => resumeCourse(context, options));
  }

  /**
   * Stops before the point of no return and undoes; a stoppable plan stops anywhere, and goes on by a resume. Resolves
   * when the wish is in the journal. What has not gone forward yet does not begin.
   * @throws OperatorError where there is nothing to abort, no way back, or nothing begun that would have to be undone.
   */
  async abort(by: string): Promise<void> {
    await this.threshold.keepBack(by);
    const state = this.context?.state;
    if (!this.context || state?.phase !== 'running') {
      throw refusal(
        'internal',
        'No run is going forward.',
        'Look at the run; it has ended or is being undone.',
      );
    }
    const halts = state.opening === 'open' && state.plan.stoppable === true;
    if (state.opening !== 'closed' && !halts) {
      throw refusal(
        'internal',
        'The point of no return is passed: it can no longer be aborted.',
        'Let it finish, then switch back by a new plan.',
      );
    }
    this.context.journal.record({ type: 'abort-requested', by }, true);
    this.context.stop.request({
      kind: 'abort',
      reason: halts ? `Stopped by ${by}.` : `Aborted by ${by}.`,
      next: halts ? 'Resume to go on.' : 'Make a new plan when you wish to begin again.',
    });
    await this.context.journal.settled();
  }

  private keep(context: RunContext): RunContext {
    this.context = context;
    return context;
  }

  private async toTheEnd(context: RunContext, course: () => Promise<void>): Promise<RunSnapshot> {
    this.changed();
    try {
      await course();
    } catch (error) {
      this.deps.log.error(`run ${context.state.runId}: ${text(error)}`);
      const next = isOperatorError(error)
        ? error.next
        : 'Resume or undo it, and report this with its journal.';
      await endRun(context, 'unfinished', `An error of this program stopped it: ${text(error)}`, next);
    } finally {
      context.lease.stopRenewing();
      await context.journal.settled();
      await this.deps.journal.close?.(context.state.runId);
    }
    const last = snapshotOf(context.state);
    this.feed.tell(last);
    return last;
  }

  private changed(): void {
    const { context } = this;
    if (context) this.feed.changed(() => snapshotOf(context.state, context.live));
  }
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
