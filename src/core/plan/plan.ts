/** A plan is plain JSON: previewed, run, resumed and exported from the same value. */
export const PLAN_FORMAT = 1;

/** B block, A acknowledge (typed reason, kept), W warn, I inform. */
export type CheckLevel = 'block' | 'acknowledge' | 'warn' | 'inform';

export type CheckOutcome = 'passed' | 'fired' | 'unknown';

export interface CheckResult {
  /** Stable id, e.g. `heartbeat`. */
  readonly id: string;
  readonly title: string;
  /** What a firing check does. An unknown check acts as if it had fired. */
  readonly level: CheckLevel;
  readonly outcome: CheckOutcome;
  /** What was seen, with hosts and values. */
  readonly evidence: readonly string[];
  /** What to do about it; empty when passed. */
  readonly remedy: string;
  /** For `acknowledge`: the reason must hold these words, so that nobody gives it in passing. The remedy names them. */
  readonly phrase?: string;
}

/** A program of the operator's own machine: arguments without a shell, and what it finds in its environment (docs/hooks.md). */
export interface LocalCall {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The `host` of a step whose scripts are local calls. */
export const OPERATORS_MACHINE = 'this machine';

/** A script for one host. It is data: the executor adds token and captured values, nothing else. */
export interface HostScript {
  /**
   * Runs on the operator's machine instead of the host: then `script` is empty, `leased` false, and there are no `inputs`
   * and no `stdin`. Without a `verify` it is never run a second time.
   */
  readonly local?: LocalCall;
  /** POSIX sh. Exit 0 means success. Captured values arrive as shell variables of the same name. */
  readonly script: string;
  /** Captured values that this script reads. */
  readonly inputs?: readonly string[];
  /** Values that it prints on lines `@name=value`. */
  readonly outputs?: readonly string[];
  /**
   * Standard input. On the way to the host, never before, `{{secret:NAME}}` is replaced by the secret as an SQL literal,
   * `{{secret-text:NAME}}` by its bare value (for the text of a file; it must be one plain word).
   */
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** True for all that changes something on a controller: it runs through the helper, which compares the lease's token. */
  readonly leased: boolean;
  /** Longer than the short lock may be held (rsync): the token is compared, the lock not kept. */
  readonly unlocked?: boolean;
  /** Changes nothing, and may take long: where the run is stopped, its end is not waited for. Never of a leased script. */
  readonly onlyWaits?: boolean;
}

/** Exit code by which the undo of a step that `letsOpen` says that its host was opened since: there is only the way forward. */
export const WAS_OPENED = 65;

export interface StepUndo {
  readonly shown: readonly string[];
  /**
   * Safe when the step was done, half done or never begun. It begins when the undos of the steps that need this one
   * have ended, done or owed because their host is away: what it can't do without, it checks by itself.
   */
  readonly script: HostScript;
  /**
   * Steps that must be undone, where they may stand, before this undo may begin. Their host may be away: then this one is
   * owed, too. For what would be wrong as long as the other effect stands (two writers).
   */
  readonly requires?: readonly string[];
  /** What it brings back, for the page's "what Abort would undo right now". */
  readonly effect: string;
}

export type StepPhase = 'prepare' | 'outage' | 'open' | 'after';

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly host: string;
  readonly why: string;
  readonly phase: StepPhase;
  /** Ids of steps that must be done first. */
  readonly needs: readonly string[];
  /** The commands as the operator would type them, secrets as visible references. */
  readonly shown: readonly string[];
  readonly act: HostScript;
  /**
   * Exit 0: the effect stands. Exit 1: it does not. Any other: it can't be told.
   * Asked before a step is run a second time, and for one whose end is not known. It runs as `act` does (leased or
   * not), so that it waits for what still holds the lock. Prints the step's outputs too, or `act` is run again.
   */
  readonly verify?: HostScript;
  readonly undo?: StepUndo;
  /**
   * From here on the host of the point of no return may be opened without this run, by its own guard, when the leases have
   * ended. Whoever goes on asks it first; its undo comes before all others, and exits `WAS_OPENED` where it was.
   */
  readonly letsOpen?: boolean;
  /** Why a leased step needs no undo ("a copy is refreshed"). Without it and without `undo` the plan is refused. */
  readonly noUndo?: string;
  /** `interrupts`: users notice. `irreversible`: the point of no return. */
  readonly danger: 'none' | 'interrupts' | 'irreversible';
  /** Behind the point of no return: how often it is tried, where it waits for somebody. Default: the run's policy. */
  readonly attempts?: number;
  /**
   * Behind the point of no return, leased: run before the step is tried again. It brings back what a fault has taken from
   * under it meanwhile. How it ends does not matter, the step tells. `shown` names its command, too.
   */
  readonly mend?: HostScript;
  /** The run goes on when it fails; the failure is reported. Never before the point of no return. */
  readonly optional?: boolean;
  /** What it usually takes, measured on the lab; shown beside the elapsed time. */
  readonly usualMs: number;
}

export interface Plan {
  readonly format: typeof PLAN_FORMAT;
  readonly id: string;
  readonly operation: string;
  readonly mode: string;
  readonly site: string;
  /** Of the site it was made for: another workspace may have a site of this name. Absent in plans of older versions. */
  readonly siteAddresses?: SiteAddresses;
  readonly title: string;
  /** Plain sentences: what will happen and what users will notice. */
  readonly summary: readonly string[];
  /** Native confirmation: the sentence and the verb on its button ("Promote cc2"). */
  readonly confirmation: { readonly question: string; readonly detail: string; readonly verb: string };
  readonly createdAtMs: number;
  /** Of every fact the plan rests on; read again before the first change, and a difference refuses the plan. */
  readonly digest: string;
  readonly checks: readonly CheckResult[];
  /** Hosts that hold the lease (the controllers). */
  readonly leaseHosts: readonly string[];
  /**
   * It does not wait for what earlier operations left running on these hosts: that ends when the lease is taken. Plans whose
   * living lease it takes over, too: the operator was told, and gave his reason. Absent: whoever works there goes first.
   */
  readonly takesOver?: readonly string[];
  /** Where the on-host helper is; the operation puts it there when `bringHelper`. */
  readonly helperPath: string;
  readonly bringHelper: boolean;
  /** It is brought to where hosts have it for good, with its state and settings there: a set-up, of which it is a part. */
  readonly helperStays?: true;
  /** Text of the settings file a brought helper reads, by host; empty where the host has its own. */
  readonly helperSettings: Readonly<Record<string, string>>;
  /** Lowest token that is above every token seen. */
  readonly token: number;
  readonly steps: readonly Step[];
  readonly pointOfNoReturn: string;
  /** It may be stopped behind that point, too, and gone on with later: no state in between harms anybody (a set-up). */
  readonly stoppable?: true;
  /**
   * Users were cut off before: by what ("with the death of cc1"), and what is known of when. An undo does not end that, and
   * what is counted from the run's start on is not their whole outage.
   */
  readonly outageBegan?: string;
  /** What the operator still has to do when all of it is done. */
  readonly afterwards?: string;
  /** What leads out where it can be neither finished nor undone, as a host that it needs is gone for good. */
  readonly otherwise?: string;
  /** Names of secrets that steps will need. */
  readonly secrets: readonly string[];
  /** Facts for the page's picture: who is what before and after. */
  readonly picture: { readonly before: PlanPicture; readonly after: PlanPicture };
}

/** What makes a site this one and no other, whatever else its inventory says: who is where. */
export interface SiteAddresses {
  readonly vip: string;
  /** By name, the witness among them, as the inventory writes them. */
  readonly hosts: Readonly<Record<string, string>>;
}

export interface PlanPicture {
  readonly vip: { readonly address: string; readonly holder: string | undefined };
  readonly nodes: readonly {
    readonly host: string;
    readonly role: string;
    readonly lines: readonly string[];
  }[];
  readonly arrows: readonly { readonly from: string; readonly to: string; readonly label: string }[];
}

/** A run in the journals of this machine that has left something to do. `end` undefined: its process may still be at it. */
export interface UnfinishedRun {
  readonly runId: string;
  readonly end: RunEnd | undefined;
}

/** The named ends of an operation (docs/safety.md). */
export type RunEnd = 'done' | 'refused' | 'undone' | 'undo-owed' | 'unfinished';
