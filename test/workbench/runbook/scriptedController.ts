import type { HostsClosed } from '../../../src/core/operate/hostAccess';
import type { Plan } from '../../../src/core/plan/plan';
import type { JournalLine } from '../../../src/core/run/events';
import { type Replay, replayOf } from '../../../src/core/run/replay';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import type { OutageSpan } from '../../../src/shared/protocol';
import type { RunController } from '../../../src/ui/runbook/controller';

/** What a test wants an operation to do when the page asks for something. */
export interface Script {
  start?(controller: ScriptedController): Promise<void> | void;
  abort?(controller: ScriptedController): Promise<void> | void;
  resume?(controller: ScriptedController, intent: 'finish' | 'undo'): Promise<void> | void;
  planAgain?(controller: ScriptedController): Promise<void> | void;
}

/** Stands where the engine stands, and shows what a test tells it to. Only the page is tested with it. */
export class ScriptedController implements RunController {
  run: RunSnapshot | undefined;
  reasons: Readonly<Record<string, string>> = {};
  difference = '';
  hostsClosed: HostsClosed | undefined;
  spans: readonly OutageSpan[] = [];
  journal: readonly JournalLine[] = [];
  /** False as for a run of a journal. */
  plansAgain = true;
  private readonly listeners = new Set<() => void>();

  constructor(
    public current: Plan,
    private readonly script: Script = {},
  ) {}

  plan(): Plan {
    return this.current;
  }

  snapshot(): RunSnapshot | undefined {
    return this.run;
  }

  outdated(): string {
    return this.difference;
  }

  closed(): HostsClosed | undefined {
    return this.hostsClosed;
  }

  outages(): readonly OutageSpan[] {
    return this.spans;
  }

  acknowledged(): Readonly<Record<string, string>> {
    return this.reasons;
  }

  canPlanAgain(): boolean {
    return this.plansAgain;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Changes what is shown and says so. */
  show(
    change: Partial<Pick<ScriptedController, 'current' | 'run' | 'difference' | 'spans' | 'hostsClosed'>>,
  ): void {
    Object.assign(this, change);
    for (const listener of [...this.listeners]) listener();
  }

  async start(acknowledged: Readonly<Record<string, string>>): Promise<void> {
    this.reasons = acknowledged;
    await this.script.start?.(this);
  }

  async abort(): Promise<void> {
    await this.script.abort?.(this);
  }

  async resume(intent: 'finish' | 'undo'): Promise<void> {
    await this.script.resume?.(this, intent);
  }

  async planAgain(): Promise<void> {
    await this.script.planAgain?.(this);
  }

  async replay(): Promise<Replay> {
    return replayOf(
      'run',
      this.journal.map((line) => JSON.stringify(line)),
    );
  }

  async report(): Promise<string> {
    return `# ${this.current.title}\n\n${this.run?.summary ?? ''}\n`;
  }

  dispose(): void {
    this.listeners.clear();
  }
}
