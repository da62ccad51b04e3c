/** What an operator must read in a state, and what the bar must offer: no more, no less. */
export interface StateOfPage {
  readonly word: string;
  readonly offers: readonly string[];
  /** Must be said somewhere on the page. */
  readonly says?: RegExp;
  /** Pressed once the page is there. */
  readonly press?: string;
  /** It comes only after a while: the page waits before it says that nobody answers. */
  readonly comes?: RegExp;
  /** Nothing but one sentence: no head, no bar. */
  readonly bare?: true;
}

const plan = (verb: string): readonly string[] => [`${verb}…`, 'Plan Again', 'Export Plan…'];
const END = ['Replay', 'Save Report…', 'Open Log'];
const PROMOTE = plan('Promote cc2');
const FAIL_OVER = plan('Fail Over to cc2');

/** Every state in which an operator can meet the page, by the name of its scenario. */
export const STATES: Readonly<Record<string, StateOfPage>> = {
  plan: { word: 'Ready', offers: PROMOTE, says: /1 warning/ },
  unknown: { word: 'Blocked', offers: PROMOTE, says: /Unknown, so it blocks/ },
  blocked: { word: 'Blocked', offers: PROMOTE, says: /What to do: Wait until cc2 has caught up/ },
  acknowledge: { word: 'Needs your reason', offers: PROMOTE, says: /Each one needs a reason in your words/ },
  outdated: { word: 'Out of date', offers: PROMOTE, says: /The site has changed since this plan was made/ },
  rejoin: { word: 'Needs your reason', offers: plan('Prepare cc2'), says: /give up 12 of cc2/ },
  'failover-evidence': {
    word: 'Blocked',
    offers: FAIL_OVER,
    says: /Nothing proves yet that cc1 writes no more/,
  },
  failover: { word: 'Needs your reason', offers: FAIL_OVER, says: /You say that cc1 is off/ },
  'half-way': { word: 'Needs your reason', offers: FAIL_OVER, says: /MySQL is dead/ },
  running: { word: 'Running', offers: ['Abort', 'Open Log'], says: /Abort now would undo \d+ effects/ },
  waiting: { word: 'Running', offers: ['Abort', 'Open Log'], says: /cc1 stays silent for \d+ s/ },
  aborting: { word: 'Stopping', offers: ['Open Log'], says: /asked to abort/ },
  undoing: { word: 'Undoing', offers: ['Open Log'], says: /Still to be undone: \d+ effect/ },
  stoppable: { word: 'Running', offers: ['Stop', 'Open Log'], says: /Stop leaves what is done/ },
  stopping: { word: 'Stopping', offers: ['Open Log'], says: /asked to stop.*the rest can be resumed/ },
  silent: {
    word: 'No answer',
    offers: ['Abort'],
    comes: /Nobody answers this page any more/,
    says: /If the run has died, too The outage would last until somebody resumes/,
  },
  'silent-plan': {
    word: 'No answer',
    offers: ['Dismiss', ...PROMOTE],
    press: 'Plan Again',
    comes: /Nobody answers this page any more/,
    says: /may be old.*may have been heard, or not.*never started has to be made again.*That had no answer/,
  },
  'silent-end': {
    word: 'No answer',
    offers: ['Dismiss', 'Resume', ...END],
    press: 'Resume',
    comes: /Nobody answers this page any more/,
    says: /may be old.*may have been heard, or not.*this run is shown again.*That had no answer/,
  },
  problem: {
    word: 'Ready',
    offers: ['Dismiss', ...PROMOTE],
    press: 'Plan Again',
    says: /That was refused.*cc1 does not answer.*Bring it back, then plan again/,
  },
  reading: { word: '', offers: [], bare: true, says: /Reading the plan…/ },
  gone: {
    word: 'It was never started',
    offers: [],
    bare: true,
    says: /This plan is no longer there.*run "ClusterControl HA: Fail Over" again/,
  },
  'run-gone': {
    word: 'Its journal is kept',
    offers: [],
    bare: true,
    says: /This run can not be shown here.*Resume or Undo Operation/,
  },
  past: { word: 'Running', offers: ['Open Log'], says: /Abort is no longer possible/ },
  done: { word: 'Done', offers: END, says: /Timeline/ },
  'failover-done': {
    word: 'Done',
    offers: END,
    says: /Prepare cc1 as a secondary.*Writes, from this run on.*the outage began with the death of cc1, before this run/,
  },
  refused: { word: 'Refused', offers: ['Plan Again', ...END], says: /Find out who made cc2 writable/ },
  undone: { word: 'Undone', offers: ['Plan Again', ...END], says: /cc1 is the primary again/ },
  /** From its journal: nobody knows any more what was asked for. */
  'undone-before': {
    word: 'Undone',
    offers: END,
    says: /To begin again, run "ClusterControl HA: Promote Standby"/,
  },
  'undo-owed': { word: 'Undo owed', offers: ['Finish the Undo', ...END], says: /No host accepts writes/ },
  unfinished: { word: 'Unfinished', offers: ['Resume', ...END], says: /Resume when cc1 answers/ },
  'cut-off': { word: 'Unfinished', offers: ['Resume', 'Undo', ...END], says: /it went silent/ },
  untrusted: {
    word: 'Unfinished',
    offers: END,
    says: /This operation is only shown here Hosts are not contacted from a folder that is not trusted\./,
  },
  overtaken: {
    word: 'Unfinished',
    offers: ['Resume', 'Undo', ...END],
    says: /Another operation has taken over/,
  },
};
