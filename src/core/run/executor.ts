import { isOperatorError, OperatorError } from '../errors';
import type { Plan } from '../plan/plan';
import { checkSite } from '../plan/siteAddresses';
import { planProblems } from '../plan/validate';
import { endRun } from './conclude';
import type { RunContext } from './context';
import { admitResume } from './admission';
import { policyOf, type RunDeps } from './deps';
import { JOURNAL_FORMAT, type JournalLine } from './events';
import { foldJournal, snapshotOf } from './fold';
import { parseJournal } from './journalText';
import type { MayOvertake } from './leaseRaise';
import { leaseHolder } from './leaseCalls';
import { checkResumable, resumeCourse, type ResumeOptions } from './resume';
import { SecretValues } from './secretValues';
import { setUp } from './setup';
import type { RunSnapshot } from './snapshot';
import { SnapshotFeed } from './snapshotFeed';
import { startCourse, type StartOptions } from './start';
import { RunState } from './state';

/** One run of one plan in this process. Make a new one for every `start` and every `resume`. */
export class Run {
  private context: RunContext | undefined;
  private readonly feed: SnapshotFeed;

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
    await this.admit(plan);
    const holder = leaseHolder(options.operator, this.deps.instance);
    const created: JournalLine = {
      format: JOURNAL_FORMAT,
      n: 0,
      writer: 0,
      atMs: this.deps.clock.nowMs(),
      event: {
        type: 'run-created',
        plan,
        operator: options.operator,
        acknowledged: options.acknowledged,
        holder,
      },
    };
    const context = setUp({
      deps: this.deps,
      state: new RunState(plan.id, created),
      writer: 0,
      holder,
      mayOvertake: (lease) =>
        lease.operator === holder ? undefined : `${lease.operator} acts on this site now.`,
      onChange: () => this.changed(),
    });
    await context.journal.intend(created.event).catch((error: unknown) => {
      throw refusal('internal', `The journal can't be written: ${text(error)}`, 'Make room on this machine.');
    });
    return this.toTheEnd(context, () => startCourse(context, options));
  }

  /**
   * Goes on with a run that has no final end: to its goal, or back to where it began. Steps whose end is not known are
   * verified first, never blindly run again.
   * @throws OperatorError where that is not possible (`run-not-resumable`, `lease-held`, `host-unreachable`,
   * `secret-missing`, `format-unknown`): nothing was changed then, and nothing written.
   */
  async resume(runId: string, options: ResumeOptions): Promise<RunSnapshot> {
    if (this.context) throw refusal('internal', 'This run was begun already.', 'Make a new one.');
    const { deps } = this;
    const texts = await deps.journal.read(runId);
    const { torn } = parseJournal(runId, texts);
    const state = foldJournal(runId, texts);
    if (deps.siteAddresses) checkSite(state.plan, deps.siteAddresses);
    checkResumable(state, options.intent);
    let mayOvertake: MayOvertake = () => 'The hosts were not asked yet.';
    const context = setUp({
      deps,
      state,
      writer: state.writer + 1,
      holder: leaseHolder(options.operator, deps.instance),
      mayOvertake: (lease) => mayOvertake(lease),
      onChange: () => this.changed(),
    });
    context.secrets = await SecretValues.read(deps.secrets, state.plan.secrets);
    mayOvertake = await admitResume(context, options);
    if (torn) context.journal.endTornLine();
    await context.journal
      .intend({
        type: 'run-resumed',
        operator: options.operator,
        intent: options.intent,
        holder: context.calls.holder,
      })
      .catch((error: unknown) => {
        throw refusal(
          'internal',
          `The journal can't be written: ${text(error)}`,
          'Make room on this machine.',
        );
      });
    return this.toTheEnd(context, () => resumeCourse(context, options));
  }

  /**
   * Stops before the point of no return and undoes; a stoppable plan stops anywhere, and goes on by a resume. Resolves
   * when the wish is in the journal.
   * @throws OperatorError where there is nothing to abort, or no way back.
   */
  async abort(by: string): Promise<void> {
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

  private async admit(plan: Plan): Promise<void> {
    if (this.context) throw refusal('internal', 'This run was begun already.', 'Make a new one.');
    const problems = planProblems(plan);
    if (problems.length > 0) {
      throw refusal(
        'internal',
        `The plan is unsound: ${problems.join(' ')}`,
        'Report it as a fault of the product.',
      );
    }
    if ((await this.deps.journal.list()).includes(plan.id)) {
      throw refusal(
        'run-not-resumable',
        `The plan ${plan.id} was run before.`,
        'Resume that run, or make a new plan.',
      );
    }
  }

  private async toTheEnd(context: RunContext, course: () => Promise<void>): Promise<RunSnapshot> {
    this.context = context;
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

function refusal(code: 'internal' | 'run-not-resumable', what: string, next: string): OperatorError {
  return new OperatorError({ code, what, state: 'Nothing was changed by this.', next });
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
