import type { Site } from '../core/inventory/site';
import { addressesOf } from '../core/operate/addressesOf';
import { changedDefinition } from '../core/operate/changedDefinition';
import type { Plan, RunEnd } from '../core/plan/plan';
import { sameAddresses } from '../core/plan/siteAddresses';
import type { HostsClosed } from '../core/operate/hostAccess';
import type { Run } from '../core/run/executor';
import type { Replay } from '../core/run/replay';
import type { RunSnapshot } from '../core/run/snapshot';
import type { OutageSpan } from '../shared/protocol';
import type { PlanChoices } from '../core/schemes/scheme';
import type { RunController } from '../ui/runbook/controller';
import { journalRun, withoutProcess } from './journalRun';
import { OneAtATime, refused } from './oneAtATime';
import type { Operations } from './operations';
import { PlanWatch } from './planWatch';

/** What was asked for. */
export interface Order {
  readonly target: string;
  readonly choices?: PlanChoices | undefined;
  readonly attested?: Readonly<Record<string, string>> | undefined;
}

/**
 * One operation on one site behind its page: a plan, then its run, over the real engine. It does one thing at a time: a
 * second wish is refused while the first is at work. Its page may be closed and opened again while it runs.
 */
export class OperationController implements RunController {
  private readonly listeners = new Set<() => void>();
  private readonly beginListeners = new Set<() => void>();
  private readonly endListeners = new Set<(plan: Plan, end: RunEnd) => void>();
  private readonly work = new OneAtATime(
    (snapshot) => this.show(snapshot),
    (last) => this.ended(last),
    () => {
      for (const listener of this.beginListeners) listener();
    },
  );
  /** It is made for a page, and has one until that is closed. */
  private hasPage = true;
  /** What was asked for, to plan it again. Unknown for a run of a journal: that holds neither target nor choices. */
  private order: Order | undefined;
  /** Of a run of a journal: what has to be asked before it goes on. */
  private beforeResume: () => Promise<void> = () => Promise.resolve();
  private acks: Readonly<Record<string, string>> = {};
  /** Of a run that has ended. */
  private spans: readonly OutageSpan[] = [];
  private readonly watch: PlanWatch;
  /** Of the page: whether hosts may be contacted shows in what it offers. */
  private accessWatch: { dispose(): void } | undefined;

  private constructor(
    private readonly operations: Operations,
    private site: Site,
    private current: Plan,
    private last: RunSnapshot | undefined,
  ) {
    this.watch = new PlanWatch(
      operations,
      () => ({ site: this.site, plan: this.current }),
      () => {
        if (this.last === undefined) this.emit();
      },
    );
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
    const { snapshot, spans } = await journalRun(operations, runId);
    const restored = new OperationController(operations, site, snapshot.plan, snapshot);
    restored.beforeResume = () => beforeResume(snapshot.plan.operation);
    restored.spans = spans;
    return restored;
  }

  /** A run that somebody else starts (a drill): its page shows it, and may abort it. He tells when it is `over`. */
  static following(operations: Operations, site: Site, plan: Plan, run: Run): OperationController {
    const following = new OperationController(operations, site, plan, undefined);
    following.work.follow(run);
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
    return this.last === undefined ? this.watch.outdated() : '';
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

  canPlanAgain(): boolean {
    return this.order !== undefined;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.hasPage = true;
    this.watch.watch();
    this.accessWatch ??= this.operations.access.onDidChange(() => this.emit());
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  /** Called once for each run of it in this window, when that goes. */
  onDidBegin(listener: () => void): void {
    this.beginListeners.add(listener);
  }

  /** Called once for each run of it in this window, also while no page shows it. */
  onDidEnd(listener: (plan: Plan, end: RunEnd) => void): void {
    this.endListeners.add(listener);
  }

  /** A page shows it, or it is at something: nothing else may stand for its operation in this window. */
  inUse(): boolean {
    return this.hasPage || this.work.at() !== undefined;
  }

  isRunning(): boolean {
    return this.work.at() === 'running';
  }

  async start(acknowledged: Readonly<Record<string, string>>): Promise<void> {
    const { operations, site, current } = this;
    const run = operations.newRun(site);
    const options = operations.startOptions(site, current, acknowledged);
    // A view that is hidden looks at no host: the inventory may have been saved since without anybody telling the page.
    const recheck = async (): ReturnType<typeof options.recheck> => {
      const difference = changedDefinition(site, await operations.siteNow(site));
      return difference.length > 0 ? { digest: '', difference } : options.recheck();
    };
    await this.work.begin('starting', run, () => {
      this.acks = acknowledged;
      return run.start(current, { ...options, recheck });
    });
  }

  async abort(): Promise<void> {
    await this.work.abort(this.operations.operator);
  }

  async resume(intent: 'finish' | 'undo', takeOver = false): Promise<void> {
    const { operator } = this.operations;
    const now = await this.operations.siteNow(this.site);
    // Another way to the same hosts may be why it can go on at all. Other hosts are not the run's.
    if (sameAddresses(addressesOf(this.site), addressesOf(now))) this.site = now;
    const run = this.operations.newRun(this.site);
    await this.work.begin('resuming', run, async () => {
      await this.beforeResume();
      return run.resume(this.current.id, { operator, intent, takeOver });
    });
  }

  async planAgain(): Promise<void> {
    if (this.order === undefined) {
      throw refused(
        'This page can not plan it again: its journal does not hold what was asked for.',
        'Make a new plan by the command of the operation.',
      );
    }
    const { operation, mode } = this.current;
    const { target, choices, attested } = this.order;
    await this.work.planning(async () => {
      const site = await this.operations.siteNow(this.site);
      this.current = await this.operations.plan(site, operation, target, mode, choices, attested);
      this.site = site;
      this.last = undefined;
      this.spans = [];
      this.watch.reset();
    });
    this.emit();
  }

  /** Reads its journal again, where this window is at nothing: the run may have gone on, and ended, elsewhere. */
  async reread(): Promise<void> {
    const { id } = this.current;
    if (this.work.at() !== undefined) return;
    const { snapshot, spans } = await journalRun(this.operations, id);
    // Meanwhile it was resumed here, or planned anew: what was read is old.
    if (this.work.at() !== undefined || this.current.id !== id) return;
    this.spans = spans;
    this.show(snapshot);
  }

  report(): Promise<string> {
    return this.last === undefined ? Promise.resolve('') : this.operations.report(this.current.id);
  }

  replay(): Promise<Replay> {
    return this.operations.replay(this.current.id);
  }

  dispose(): void {
    this.hasPage = false;
    this.watch.stop();
    this.accessWatch?.dispose();
    this.accessWatch = undefined;
  }

  /** Of a run that somebody else has started: he has come to the end of it. */
  over(): void {
    this.work.over();
  }

  private show(snapshot: RunSnapshot): void {
    this.last = snapshot;
    this.emit();
  }

  /** Whatever has ended its process here: it is not shown as one that runs. */
  private ended(last: RunSnapshot): void {
    const ended = withoutProcess(last);
    this.show(ended);
    const { end } = ended;
    if (end !== undefined) for (const listener of this.endListeners) listener(this.current, end);
    void this.measured(last.runId);
  }

  private async measured(runId: string): Promise<void> {
    const spans = await this.operations.outages(runId).catch(() => []);
    if (this.current.id !== runId) return;
    this.spans = spans;
    this.emit();
  }

  private emit(): void {
    for (const listener of this.listeners) listener();
  }
}
