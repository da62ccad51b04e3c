import type { SiteAddresses } from '../plan/plan';
import type { Clock, HostSessions, JournalStore, LocalCommands, Log, SecretStore } from '../ports';

/** What a run needs of the world. */
export interface RunDeps {
  readonly sessions: HostSessions;
  /** Of the site that these sessions reach: a run of another one is not resumed by them. Absent: not compared. */
  readonly siteAddresses?: SiteAddresses;
  readonly clock: Clock;
  readonly journal: JournalStore;
  readonly secrets: SecretStore;
  readonly log: Log;
  /** Runs the operator's own commands. Absent: a step that is one fails. */
  readonly local?: LocalCommands;
  /** The on-host helper's text, read only for a plan that brings it. */
  helperText(): Promise<string>;
  /** Different for every process (pid and a random part): tells our lease from that of another window of the same operator. */
  readonly instance: string;
  readonly policy?: Partial<RunPolicy>;
}

/** How patient a run is. Durations in ms. */
export interface RunPolicy {
  readonly leaseTtlMs: number;
  readonly renewEveryMs: number;
  /** Tries of one step, the first included. */
  readonly attempts: number;
  /** Waited before the 2nd, 3rd, … try; the last value repeats. In all less than half a lease's life. */
  readonly backoffMs: readonly number[];
  /** Behind a stop, what still runs has this long before it is ended on its host. */
  readonly stopGraceMs: number;
  /** In the outage no step is tried a third time later than this after its first try began. */
  readonly outagePatienceMs: number;
  /** How long undo waits for hosts that are away before it ends owed. */
  readonly undoPatienceMs: number;
  /** Given to an answer beyond the script's own time limit. */
  readonly replyMarginMs: number;
  /** Time limit of one short call of the helper. */
  readonly callTimeoutMs: number;
  /** Time limit of taking or raising a lease: the helper waits for what holds its lock, and then ends it. */
  readonly holdTimeoutMs: number;
  /** Listeners get at most one snapshot in this time, and always the last one. */
  readonly notifyEveryMs: number;
}

export const DEFAULT_POLICY: RunPolicy = {
  leaseTtlMs: 30_000,
  renewEveryMs: 3_000,
  attempts: 5,
  backoffMs: [250, 1_000, 2_000, 4_000],
  stopGraceMs: 5_000,
  outagePatienceMs: 8_000,
  undoPatienceMs: 30_000,
  replyMarginMs: 5_000,
  callTimeoutMs: 8_000,
  holdTimeoutMs: 20_000,
  notifyEveryMs: 50,
};

export function policyOf(deps: RunDeps): RunPolicy {
  return { ...DEFAULT_POLICY, ...deps.policy };
}

/** What to wait before a try; the first is number 1 and waits for nothing. */
export function backoffMs({ backoffMs: waits }: RunPolicy, attempt: number): number {
  return attempt < 2 ? 0 : (waits[Math.min(attempt - 2, waits.length - 1)] ?? 0);
}
