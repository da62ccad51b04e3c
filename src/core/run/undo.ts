import { type Step, WAS_OPENED } from '../plan/plan';
import type { RunContext } from './context';
import { openedWithoutUs } from './opening';
import { sendScript } from './script';

/** `opened`: the host of the point of no return was opened meanwhile, and nothing was taken back. */
export type UndoEnd = 'undone' | 'owed' | 'overtaken' | 'opened';

type Try = { readonly end: 'done' } | { readonly end: 'away' | 'refused'; readonly reason: string };

const ROUND_PAUSE_MS = 2_000;

/**
 * Goes backwards: an undo begins when those of the steps that need its step, and those it requires, have ended;
 * independent ones go side by side.
 * The token is raised first, so that nothing sent before can act again. A host that is away holds up nobody else: what
 * it owes is tried in rounds until patience ends, and by a later resume.
 */
export class Undo {
  private readonly remaining: Set<string>;
  private readonly reached = new Set<string>();
  private readonly tries = new Map<string, number>();
  private readonly reasons = new Map<string, string>();

  constructor(private readonly context: RunContext) {
    this.remaining = new Set(stepsToUndo(context).map((step) => step.id));
  }

  async run(reason: string): Promise<UndoEnd> {
    const { journal, state, deps, policy, stop } = this.context;
    // Undo is safe without its intent on disk: who resumes finds the phase's intent and undoes it all again.
    await journal
      .intend({ type: 'undo-started', reason, token: state.highestToken + 1 })
      .catch((error: unknown) => deps.log.warn(`the journal could not be written: ${String(error)}`));
    const deadlineMs = deps.clock.monotonicMs() + policy.undoPatienceMs;
    for (;;) {
      await this.raise();
      if (stop.isOvertaken()) return 'overtaken';
      await this.beforeAllOthers();
      if (state.opening === 'open') return 'opened';
      await this.round();
      if (stop.isOvertaken()) return 'overtaken';
      if (this.remaining.size === 0) return 'undone';
      if (!this.worthAnotherRound() || deps.clock.monotonicMs() >= deadlineMs) break;
      await deps.clock.sleep(ROUND_PAUSE_MS);
    }
    for (const id of this.remaining) {
      const { host } = state.graph.step(id);
      const why = this.reasons.get(id) ?? `${host} does not answer.`;
      journal.record({ type: 'undo-step-owed', step: id, host, reason: why }, true);
    }
    return 'owed';
  }

  private async raise(): Promise<void> {
    const { lease, plan, mayOvertake, stop } = this.context;
    const missing = plan.leaseHosts.filter((host) => !this.reached.has(host) || !lease.aliveOn(host));
    if (missing.length === 0) return;
    const { raised, away, overtakenBy } = await lease.raise(missing, mayOvertake);
    for (const host of raised) this.reached.add(host);
    for (const [host, reason] of away) {
      this.reached.delete(host);
      this.noteAway(host, reason);
    }
    if (overtakenBy !== undefined) {
      stop.request({ kind: 'overtaken', reason: overtakenBy, next: 'Leave the site to them.' });
    }
  }

  private noteAway(host: string, reason: string): void {
    for (const id of this.remaining) {
      if (this.context.state.graph.step(id).host === host) this.reasons.set(id, reason);
    }
  }

  /** What is taken back of a host that is open already would be taken from its users. */
  private async beforeAllOthers(): Promise<void> {
    for (const step of this.context.plan.steps) {
      if (step.letsOpen === true && this.remaining.has(step.id)) await this.undoStep(step);
    }
  }

  /** Every step that is left and whose host answers, in the order of the graph. */
  private async round(): Promise<void> {
    const { graph } = this.context.state;
    const ids = [...this.remaining];
    const ended = new Map<string, Promise<void>>();
    const end = (id: string): Promise<void> => {
      const known = ended.get(id);
      if (known) return known;
      const required = graph.step(id).undo?.requires ?? [];
      const before = ids.filter((other) => graph.ancestorsOf(other).has(id) || required.includes(other));
      const promise = Promise.all(before.map(end)).then(() => this.undoStep(graph.step(id)));
      ended.set(id, promise);
      return promise;
    };
    await Promise.all(ids.map(end));
  }

  private async undoStep(step: Step): Promise<void> {
    const { journal, deps, stop, plan, state } = this.context;
    if (!step.undo || stop.isOvertaken() || this.givenUp(step.id)) return;
    if (plan.leaseHosts.includes(step.host) && !this.reached.has(step.host)) return;
    const owed = step.undo.requires?.find((id) => this.remaining.has(id));
    if (owed !== undefined) {
      const { host, undo, title } = state.graph.step(owed);
      this.reasons.set(step.id, `it waits for ${host}: ${undo?.effect ?? title}.`);
      return;
    }
    const begunAtMs = deps.clock.monotonicMs();
    journal.record({ type: 'undo-step-started', step: step.id });
    const result = await this.tryUndo(step);
    if (result.end === 'done') {
      this.remaining.delete(step.id);
      const durationMs = deps.clock.monotonicMs() - begunAtMs;
      journal.record({ type: 'undo-step-done', step: step.id, durationMs });
      return;
    }
    this.reasons.set(step.id, result.reason);
    if (result.end === 'away') this.reached.delete(step.host);
    else this.tries.set(step.id, (this.tries.get(step.id) ?? 0) + 1);
  }

  private async tryUndo(step: Step): Promise<Try> {
    if (!step.undo) return { end: 'done' };
    const end = await sendScript(this.context, step, step.undo.script, 'undo');
    if (end.kind === 'done') return { end: 'done' };
    if (step.undo.script.local !== undefined) {
      // No host waits for it, and the site must not.
      const text = `${step.title} could not be taken back: ${end.reason}`;
      this.context.journal.record({ type: 'note', text });
      return { end: 'done' };
    }
    if (end.kind === 'refused') {
      if (step.letsOpen === true && end.exitCode === WAS_OPENED)
        openedWithoutUs(this.context, this.context.deps.clock.monotonicMs(), {});
      return { end: 'refused', reason: end.reason };
    }
    if (end.kind === 'lease' && end.overtaken) {
      this.context.stop.request({ kind: 'overtaken', reason: end.reason, next: end.next });
    }
    return { end: 'away', reason: end.reason };
  }

  private givenUp(id: string): boolean {
    return (this.tries.get(id) ?? 0) >= this.context.policy.attempts;
  }

  private worthAnotherRound(): boolean {
    return [...this.remaining].some((id) => !this.givenUp(id));
  }
}

/** Steps whose effect may stand and can be brought back, in the plan's order. */
export function stepsToUndo({ plan, state }: Pick<RunContext, 'plan' | 'state'>): readonly Step[] {
  return plan.steps.filter((step) => step.undo !== undefined && state.record(step.id).touched);
}
