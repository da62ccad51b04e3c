import type { Site } from '../core/inventory/site';
import type { HostsClosed } from '../core/operate/hostAccess';
import type { Plan } from '../core/plan/plan';
import type { Run } from '../core/run/executor';
import type { Replay } from '../core/run/replay';
import type { RunSnapshot } from '../core/run/snapshot';
import type { OutageSpan } from '../shared/protocol';
import type { PlanChoices } from '../core/schemes/scheme';
import type { RunController } from '../ui/runbook/controller';
import type { Operations } from './operations';

/** What was asked for. */
export interface Order {
  readonly target: string;
  readonly choices?: PlanChoices | undefined;
  readonly attested?: Readonly<Record<string, string>> | undefined;
}

/** One operation on one site behind its page: a plan, then its run, over the real engine. */
export class OperationController implements RunController {
  private readonly listeners = new Set<() => void>();
  private run: Run | undefined;
  /** What was asked for, to plan it again. Unknown for a run of a journal. */
  private order: Order | undefined;
  /** Of a run of a journal: what has to be asked before it goes on. */
  private beforeResume: () => Promise<void> = () => Promise.resolve();
  private acks: Readonly<Record<string, string>> = {};
  /** Of a run that has ended. */
  private spans: readonly OutageSpan[] = [];
  /** Of a plan that waits: what is different since it was made. */
  private changed = '';
  private readonly watches: readonly { dispose(): void }[];

  private constructor(
    private readonly operations: Operations,
    private readonly site: Site,
    private current: Plan,
    private last: RunSnapshot | undefined,
  ) {
    const waits = operations.whileItWaits(
      site,
      () => this.current,
      (changed) => this.compared(changed),
    );
    this.watches = [waits, operations.access.onDidChange(() => this.emit())];
  }

  static async planned(
    operations: Operations,
    site: Site,
    operation: string,
    order: Order & { readonly mode: string },
  ): Promise<OperationController> {
    const { target, mode, choices, attested } = order;
    const plan = await operations.plan(site, operation, target, mode, choices, attested);
    const planned = new OperationController(operations, site, plan, undefined);
    planned.order = order;
    return planned;
  }

  /** A run as its journal tells it; nothing runs until it is resumed. */
  static async restored(
    operations: Operations,
    site: Site,
    runId: string,
    beforeResume: (operation: string) => Promise<void>,
  ): Promise<OperationController> {
    const snapshot = withoutProcess(await operations.snapshotOf(runId));
    const restored = new OperationController(operations, site, snapshot.plan, snapshot);
    restored.beforeResume = () => beforeResume(snapshot.plan.operation);
    restored.spans = await operations.outages(runId);
    return restored;
  }

  /** A run that somebody else starts (a drill): its page shows it, and may abort it. */
  static following(operations: Operations, site: Site, plan: Plan, run: Run): OperationController {
    const following = new OperationController(operations, site, plan, undefined);
    following.run = run;
    run.onSnapshot((snapshot) => {
      following.last = snapshot;
      following.emit();
      if (snapshot.end !== undefined) void following.measured(snapshot.runId);
    });
    return following;
  }

  plan(): Plan {
    return this.current;
  }

  snapshot(): RunSnapshot | undefined {
    return this.last;
  }

  /** What counts is the recheck under the lease; whoever reads a plan is told of a change before that. */
  outdated(): string {
    return this.last === undefined ? this.changed : '';
  }

  closed(): HostsClosed | undefined {
    return this.operations.access.closed();
  }

  outages(): readonly OutageSpan[] {
    return this.last?.end === undefined ? [] : this.spans;
  }

  acknowledged(): Readonly<Record<string, string>> {
    return this.acks;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  async start(acknowledged: Readonly<Record<string, string>>): Promise<void> {
    this.acks = acknowledged;
    const run = this.operations.newRun(this.site);
    return this.follow(run, () =>
      run.start(this.current, this.operations.startOptions(this.site, this.current, acknowledged)),
    );
  }

  async abort(): Promise<void> {
    await this.run?.abort(this.operations.operator);
  }

  async resume(intent: 'finish' | 'undo', takeOver = false): Promise<void> {
    await this.beforeResume();
    const run = this.operations.newRun(this.site);
    return this.follow(run, () =>
      run.resume(this.current.id, { operator: this.operations.operator, intent, takeOver }),
    );
  }

  async planAgain(): Promise<void> {
    const { operation, mode } = this.current;
    const opener = this.current.steps.find((step) => step.id === this.current.pointOfNoReturn)?.host ?? '';
    this.current = await this.operations.plan(
      this.site,
      operation,
      this.order?.target ?? opener,
      mode,
      this.order?.choices,
      this.order?.attested,
    );
    this.last = undefined;
    this.spans = [];
    this.changed = '';
    this.run = undefined;
    this.emit();
  }

  report(): Promise<string> {
    return this.last === undefined ? Promise.resolve('') : this.operations.report(this.current.id);
  }

  replay(): Promise<Replay> {
    return this.operations.replay(this.current.id);
  }

  dispose(): void {
    for (const watch of this.watches) watch.dispose();
    this.listeners.clear();
  }

  /** Resolves at the run's first snapshot, or rejects when it could not begin. */
  private follow(run: Run, begin: () => Promise<RunSnapshot>): Promise<void> {
    this.run = run;
    return new Promise((resolve, reject) => {
      const subscription = run.onSnapshot((snapshot) => {
        this.last = snapshot;
        resolve();
        this.emit();
      });
      begin()
        .then(
          async (snapshot) => {
            this.last = snapshot;
            resolve();
            await this.measured(snapshot.runId);
          },
          (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))),
        )
        .finally(() => subscription.dispose());
    });
  }

  /** A host that could not be read once is no lasting change: the next observation may take it back. */
  private compared(differences: readonly string[]): void {
    const changed = differences.length === 0 ? '' : `${differences.join('; ')}.`;
    if (changed === this.changed) return;
    this.changed = changed;
    if (this.last === undefined) this.emit();
  }

  private async measured(runId: string): Promise<void> {
    this.spans = await this.operations.outages(runId).catch(() => []);
    this.emit();
  }

  private emit(): void {
    for (const listener of this.listeners) listener();
  }
}

/** Of a run without an end nobody here knows a process: it is shown as one to be resumed, not as one that runs. */
function withoutProcess(snapshot: RunSnapshot): RunSnapshot {
  if (snapshot.end !== undefined) return snapshot;
  if (snapshot.endedElsewhere === true) return { ...snapshot, end: 'unfinished' };
  return {
    ...snapshot,
    state: 'ended',
    end: snapshot.state === 'undoing' ? 'undo-owed' : 'unfinished',
    summary: 'It has no end, and no process of this window runs it.',
    next: 'Resume or undo it: each step is asked for its effect first.',
  };
}
