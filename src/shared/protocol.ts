import type { HostsClosed } from '../core/operate/hostAccess';
import type { Plan } from '../core/plan/plan';
import type { Phase } from '../core/plan/phases';
import type { Readiness } from '../core/plan/readiness';
import type { RunSnapshot } from '../core/run/snapshot';

export type { CheckLevel, CheckResult, Plan, PlanPicture, RunEnd, Step, StepPhase } from '../core/plan/plan';
export type { Phase } from '../core/plan/phases';
export type { Readiness } from '../core/plan/readiness';
export type { StepSnapshot, StepState } from '../core/run/snapshot';

/** A snapshot without its plan: the plan is sent once, snapshots up to twenty times a second. */
export type RunView = Omit<RunSnapshot, 'plan'>;

/** How long something was away, for the timeline of a finished run. Epoch ms of the host that measured. */
export interface OutageSpan {
  readonly id: string;
  /** "Writes", "Virtual IP", "Management". */
  readonly label: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** How it was measured; a figure without its method is not one. */
  readonly measuredBy: string;
}

/** All that is kept of a page across a reload of the window. */
export interface RunbookKey {
  readonly site: string;
  readonly operation: string;
  readonly mode: string;
  readonly planId: string;
  /** Absent until the run has begun. */
  readonly runId?: string;
}

export interface PlanMessage {
  readonly type: 'plan';
  readonly plan: Plan;
  readonly key: RunbookKey;
  /** Typed reasons by check id. */
  readonly acknowledged: Readonly<Record<string, string>>;
  readonly readiness: Readiness;
  /** The parts of the plan, in words of its operation. */
  readonly phases: readonly Phase[];
  /** Why the plan no longer fits what was observed since; empty while it does. */
  readonly outdated: string;
  /** False where nobody knows any more what was asked for. Then `command` makes a new plan. */
  readonly canPlanAgain: boolean;
  /** The operation's command as the palette has it; empty for an operation that this version doesn't know. */
  readonly command: string;
  /** Why it is only shown, and nothing can be asked for that reaches hosts; undefined where it can. */
  readonly closed: HostsClosed | undefined;
}

export interface SnapshotMessage {
  readonly type: 'snapshot';
  readonly run: RunView;
  /** The host's clock when it sent this: the page may stand on a machine whose clock differs. */
  readonly hostNowMs: number;
}

export interface MeasurementsMessage {
  readonly type: 'measurements';
  readonly spans: readonly OutageSpan[];
}

/** There is nothing to show any more: a plan that was never run does not survive a reload. */
export interface GoneMessage {
  readonly type: 'gone';
  readonly title: string;
  readonly next: string;
}

/** The run as it was at one moment, from its journal. The page keeps what is true now beside it. */
export interface ReplayMessage {
  readonly type: 'replay';
  readonly run: RunView;
  /** From 0. */
  readonly moment: number;
  readonly moments: number;
  readonly atMs: number;
  /** What happened at this moment, a sentence without its full stop. */
  readonly said: string;
  /** As it passed then; undefined at the last moment. */
  readonly untilNextMs: number | undefined;
}

export type HostMessage = PlanMessage | SnapshotMessage | MeasurementsMessage | GoneMessage | ReplayMessage;

/** What the page may wish for. Intents only: no command, no script and no free text for a host travels this way. */
export type PageIntent =
  | { readonly type: 'ready' }
  /** Is anybody there? */
  | { readonly type: 'ping' }
  | { readonly type: 'confirm' }
  | { readonly type: 'abort' }
  /** Goes on with a run that has no final end: to its goal, or back to where it began. */
  | { readonly type: 'retry'; readonly intent: 'finish' | 'undo' }
  | { readonly type: 'planAgain' }
  /** An empty reason withdraws it. */
  | { readonly type: 'acknowledge'; readonly check: string; readonly reason: string }
  | { readonly type: 'copy'; readonly step: string; readonly part: 'commands' | 'output' }
  /** Shows one moment of the run again; from 0. */
  | { readonly type: 'replay'; readonly moment: number }
  | { readonly type: 'saveReport' }
  | { readonly type: 'exportPlan' }
  | { readonly type: 'openLog' };

/** `cancelled`: the operator thought better of it in a dialog; nothing is said about it. */
export type Answer =
  | { readonly type: 'accepted' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'refused'; readonly reason: string; readonly next: string };
