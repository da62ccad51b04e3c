import type { Plan, RunEnd, SiteAddresses } from '../plan/plan';

/** Written to the journal one a line, with `n` from 1 and the journal's format. A newer format is refused. */
export const JOURNAL_FORMAT = 1;

export type RunEvent =
  | {
      readonly type: 'run-created';
      readonly plan: Plan;
      readonly operator: string;
      readonly acknowledged: Readonly<Record<string, string>>;
      /**
       * The process's name on the leases: a lease of this run by any other name is another machine's. Always written by who
       * starts a run, never by who takes one over from hosts: without it, this line alone tells nothing of what was done.
       */
      readonly holder?: string;
      /** Of a run that was begun on another machine: when. */
      readonly begunAtMs?: number;
    }
  | {
      readonly type: 'run-resumed';
      readonly operator: string;
      readonly intent: 'finish' | 'undo';
      readonly holder?: string;
    }
  | {
      /** Another machine's run, as its hosts tell of it: which steps were begun there is not known. */
      readonly type: 'learned-from-hosts';
      readonly operator: string;
      readonly place: string;
      /** Of the lease, by host. */
      readonly tokens: Readonly<Record<string, number>>;
      /** Where the hosts are that told of it; the plan's own may be older. */
      readonly siteAddresses?: SiteAddresses;
    }
  /** It has come to its end elsewhere: nothing is left to be done here. */
  | { readonly type: 'ended-elsewhere'; readonly end: RunEnd | undefined; readonly reason: string }
  | { readonly type: 'lease-taken'; readonly host: string; readonly token: number }
  | { readonly type: 'lease-lost'; readonly host: string; readonly reason: string }
  | { readonly type: 'lease-released'; readonly host: string }
  | { readonly type: 'phase-intended'; readonly steps: readonly string[] }
  | { readonly type: 'step-started'; readonly step: string; readonly attempt: number }
  | { readonly type: 'step-output'; readonly step: string; readonly text: string }
  | {
      readonly type: 'step-done';
      readonly step: string;
      readonly durationMs: number;
      readonly captured: Readonly<Record<string, string>>;
      readonly already: boolean;
    }
  | {
      readonly type: 'step-failed';
      readonly step: string;
      readonly durationMs: number;
      readonly reason: string;
      readonly next: string;
      /** `none`: never begun on the host. `partial`: the script ended with an error. `unknown`: its end was not seen. */
      readonly effect: 'none' | 'partial' | 'unknown';
    }
  /** Its host was asked: it has not taken place, whatever was intended. */
  | { readonly type: 'step-not-begun'; readonly step: string }
  | { readonly type: 'step-skipped'; readonly step: string; readonly reason: string }
  | { readonly type: 'abort-requested'; readonly by: string }
  | { readonly type: 'undo-started'; readonly reason: string; readonly token: number }
  | { readonly type: 'undo-step-started'; readonly step: string }
  | { readonly type: 'undo-step-done'; readonly step: string; readonly durationMs: number }
  | { readonly type: 'undo-step-owed'; readonly step: string; readonly host: string; readonly reason: string }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'run-ended'; readonly end: RunEnd; readonly summary: string; readonly next: string };

export interface JournalLine {
  readonly format: typeof JOURNAL_FORMAT;
  readonly n: number;
  /**
   * 0 for the process that began the run, one more for each that resumed it. Lines of a lower one that follow a
   * higher one come from a process that was overtaken while it slept: readers skip them.
   */
  readonly writer: number;
  readonly atMs: number;
  readonly event: RunEvent;
}
