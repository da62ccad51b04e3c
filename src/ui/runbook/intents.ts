import { isOperatorError } from '../../core/errors';
import { isReason, planReadiness } from '../../core/plan/readiness';
import type { Plan } from '../../core/plan/plan';
import type { Replay } from '../../core/run/replay';
import type { Answer, PageIntent, ReplayMessage } from '../../shared/protocol';
import type { RunController } from './controller';
import { replayMessage } from './feed';

/** What answering an intent needs of the editor. */
export interface Surroundings {
  /** The native modal; false when the operator thought better of it. */
  confirm(plan: Plan): Promise<boolean>;
  /** Somebody else still runs this operation: take the site from him knowingly? */
  confirmTakeOver(who: string): Promise<boolean>;
  copy(text: string): Promise<void>;
  /** Asks where, writes, and opens it; false when cancelled. */
  save(suggestedName: string, text: string): Promise<boolean>;
  showLog(): void;
  /** The plan as a runbook on paper, Markdown. */
  onPaper(plan: Plan): string;
}

const accepted: Answer = { type: 'accepted' };
const cancelled: Answer = { type: 'cancelled' };

/**
 * Answers the page. Whatever it wishes is judged again here: the page decides nothing. Reasons that the operator
 * typed are kept for the life of the plan, and go into the journal when the run starts.
 */
export class Intents {
  private reasons: Record<string, string> = {};
  private reasonsOf = '';
  /** Of the run as it was when its replay began: a journal that grew since is read again. */
  private replaying: { readonly run: unknown; readonly replay: Replay } | undefined;

  constructor(
    private readonly controller: RunController,
    private readonly around: Surroundings,
    /** Called when the page has to be told anew; `all` when it has just been loaded. */
    private readonly changed: (all: boolean) => void,
    private readonly tell: (message: ReplayMessage) => void,
  ) {}

  acknowledged(): Readonly<Record<string, string>> {
    if (this.controller.snapshot()) return this.controller.acknowledged();
    return this.reasonsOf === this.controller.plan().id ? this.reasons : {};
  }

  async answer(intent: PageIntent): Promise<Answer> {
    const { controller, around } = this;
    switch (intent.type) {
      case 'ready':
        this.changed(true);
        return accepted;
      case 'ping':
        return accepted;
      case 'confirm':
        return this.confirm();
      case 'abort':
        await controller.abort();
        return accepted;
      case 'retry':
        return this.resume(intent.intent);
      case 'planAgain':
        return this.planAgain();
      case 'acknowledge':
        return this.acknowledge(intent.check, intent.reason);
      case 'copy':
        return this.copy(intent.step, intent.part);
      case 'replay':
        await this.replay(intent.moment);
        return accepted;
      case 'saveReport': {
        const saved = await around.save(
          `${fileName(controller.plan())}-report.md`,
          await controller.report(),
        );
        return saved ? accepted : cancelled;
      }
      case 'exportPlan': {
        const plan = controller.plan();
        return (await around.save(`${fileName(plan)}-runbook.md`, around.onPaper(plan)))
          ? accepted
          : cancelled;
      }
      case 'openLog':
        around.showLog();
        return accepted;
      default:
        return refused('The page asked for something that this version does not know.', 'Reload the window.');
    }
  }

  private async replay(moment: number): Promise<void> {
    const run = this.controller.snapshot();
    if (this.replaying?.run !== run) this.replaying = { run, replay: await this.controller.replay() };
    if (this.replaying) this.tell(replayMessage(this.replaying.replay, moment));
  }

  private async planAgain(): Promise<Answer> {
    const closed = this.closed();
    if (closed) return closed;
    await this.controller.planAgain();
    this.changed(false);
    return accepted;
  }

  private async resume(intent: 'finish' | 'undo'): Promise<Answer> {
    const closed = this.closed();
    if (closed) return closed;
    try {
      await this.controller.resume(intent);
    } catch (error) {
      if (!isOperatorError(error) || error.code !== 'lease-held') throw error;
      if (!(await this.around.confirmTakeOver(error.message))) return cancelled;
      await this.controller.resume(intent, true);
    }
    return accepted;
  }

  private async confirm(): Promise<Answer> {
    const before = this.obstacle();
    if (before) return before;
    const plan = this.controller.plan();
    if (!(await this.around.confirm(plan))) return cancelled;
    // The question may have stood for an hour.
    const since = this.obstacle();
    if (since) return since;
    if (this.controller.plan().id !== plan.id) {
      return refused(
        'The plan was replaced while the question stood.',
        'Read the new plan and confirm that.',
      );
    }
    await this.controller.start(this.acknowledged());
    return accepted;
  }

  /** In a folder that is not trusted a page only shows. */
  private closed(): Answer | undefined {
    const closed = this.controller.closed();
    return closed && refused(closed.reason, closed.next);
  }

  private obstacle(): Answer | undefined {
    const closed = this.closed();
    if (closed) return closed;
    const run = this.controller.snapshot();
    if (run) return refused('This plan was started already.', 'Plan again to run it once more.');
    const outdated = this.controller.outdated();
    if (outdated) return refused(`The site has changed: ${outdated}`, 'Plan again.');
    const { ready, blocking, unacknowledged } = planReadiness(this.controller.plan(), this.acknowledged());
    if (ready) return undefined;
    return blocking.length > 0
      ? refused(`Blocked by ${blocking.join(', ')}.`, 'Mend the cause, then plan again.')
      : refused(`A reason is missing for ${unacknowledged.join(', ')}.`, 'Type your reason beside each one.');
  }

  private acknowledge(check: string, reason: string): Answer {
    const plan = this.controller.plan();
    const known = plan.checks.find((candidate) => candidate.id === check);
    if (!known || known.level !== 'acknowledge' || known.outcome === 'passed') {
      return refused(`There is nothing to acknowledge for ${check}.`, 'Plan again.');
    }
    if (this.controller.snapshot()) return refused('The run has begun already.', '');
    const text = String(reason).trim();
    if (text && !isReason(known, text)) {
      return refused(`The reason must hold these words: ${known.phrase ?? ''}.`, 'Type them as they are.');
    }
    const { [check]: _, ...others } = this.acknowledged();
    this.reasonsOf = plan.id;
    this.reasons = text ? { ...others, [check]: text } : others;
    this.changed(false);
    return accepted;
  }

  private async copy(step: string, part: 'commands' | 'output'): Promise<Answer> {
    const text =
      part === 'commands'
        ? this.controller
            .plan()
            .steps.find((candidate) => candidate.id === step)
            ?.shown.join('\n')
        : this.controller.snapshot()?.steps.find((candidate) => candidate.id === step)?.output;
    if (text === undefined) return refused(`There is no step ${step} to copy from.`, '');
    await this.around.copy(text);
    return accepted;
  }
}

function refused(reason: string, next: string): Answer {
  return { type: 'refused', reason, next };
}

function fileName(plan: Plan): string {
  return `${plan.site}-${plan.operation}-${plan.id}`.replace(/[^A-Za-z0-9._]+/g, '-');
}
