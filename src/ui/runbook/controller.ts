import type { HostsClosed } from '../../core/operate/hostAccess';
import type { Plan } from '../../core/plan/plan';
import type { Replay } from '../../core/run/replay';
import type { RunSnapshot } from '../../core/run/snapshot';
import type { OutageSpan, RunbookKey } from '../../shared/protocol';

/**
 * One operation as the page needs it: a plan, then its run. The composition point implements it over the engine.
 * Methods reject with an `OperatorError`, whose text the page shows: also a wish while another one is at work.
 */
export interface RunController {
  /** Changes only by `planAgain`. */
  plan(): Plan;
  /** Undefined until the run has begun. */
  snapshot(): RunSnapshot | undefined;
  /** Why the plan no longer fits what was observed since it was made; empty while it fits. */
  outdated(): string;
  /** Why the operation can only be looked at here; undefined while it can be started and resumed. */
  closed(): HostsClosed | undefined;
  /** Known once the run has ended; empty where nothing was measured. */
  outages(): readonly OutageSpan[];
  /** Reasons that the run was started with (a resumed run), by check id. */
  acknowledged(): Readonly<Record<string, string>>;
  /** False where nobody knows any more what was asked for: its journal holds neither target nor choices. */
  canPlanAgain(): boolean;

  /** Called after any of the above has changed. */
  onDidChange(listener: () => void): { dispose(): void };

  /** Resolves when the run has begun; its course and its end arrive as snapshots. */
  start(acknowledged: Readonly<Record<string, string>>): Promise<void>;
  /** Resolves when the wish is in the journal. Rejects past the point of no return, and where nothing of it runs here. */
  abort(): Promise<void>;
  /**
   * Goes on with a run that ended `unfinished` or `undo-owed`. Resolves when it is under way again. Rejects with
   * `lease-held` where somebody still runs it; `takeOver`: knowingly, and that one can do nothing more.
   */
  resume(intent: 'finish' | 'undo', takeOver?: boolean): Promise<void>;
  /** Observes the site again and makes a new plan for the same target. Rejects while it runs, and unless `canPlanAgain`. */
  planAgain(): Promise<void>;

  /** The run that has begun, moment by moment, from its journal. */
  replay(): Promise<Replay>;
  /** The report of an ended run, Markdown. */
  report(): Promise<string>;
  /** The page is closed, and listens no more. A run that is under way goes on, and can be shown by another page. */
  dispose(): void;
}

/** Finds the operation of a page that a reload of the window left behind; undefined when nothing was kept of it. */
export interface RunRestorer {
  restore(key: RunbookKey): Promise<RunController | undefined>;
}
