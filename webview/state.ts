import type {
  Answer,
  GoneMessage,
  HostMessage,
  OutageSpan,
  PageIntent,
  PlanMessage,
  ReplayMessage,
  RunView,
} from '../src/shared/protocol';
import type { Kept } from './host';
import { isUnanswered } from './line';

export interface PageState {
  readonly plan: PlanMessage | undefined;
  readonly run: RunView | undefined;
  readonly spans: readonly OutageSpan[];
  /** One moment of the past that is shown instead of what is true now. */
  readonly replay: ReplayMessage | undefined;
  /** The host's time of its last word, where it answers no more. */
  readonly silentSinceMs: number | undefined;
  /** The replay goes on by itself. */
  readonly playing: boolean;
  readonly gone: GoneMessage | undefined;
  /** Host's clock minus the page's. */
  readonly clockOffsetMs: number;
  /** The intent that waits for its answer. Others are ignored meanwhile; disabling the buttons would lose the focus. */
  readonly asking: PageIntent['type'] | undefined;
  readonly problem: Extract<Answer, { type: 'refused' }> | undefined;
  readonly kept: Kept;
}

export function initialState(kept: Kept): PageState {
  return {
    plan: undefined,
    run: undefined,
    spans: [],
    replay: undefined,
    silentSinceMs: undefined,
    playing: false,
    gone: undefined,
    clockOffsetMs: 0,
    asking: undefined,
    problem: undefined,
    kept,
  };
}

/** The state after a message from the host. */
export function receive(state: PageState, message: HostMessage, pageNowMs: number): PageState {
  switch (message.type) {
    case 'plan': {
      const other = state.plan?.plan.id !== message.plan.id;
      return {
        ...state,
        plan: message,
        gone: undefined,
        ...(other
          ? { run: undefined, spans: [], problem: undefined, replay: undefined, playing: false }
          : {}),
        kept: { ...state.kept, key: message.key },
      };
    }
    case 'snapshot':
      return { ...state, run: message.run, clockOffsetMs: message.hostNowMs - pageNowMs };
    case 'measurements':
      return { ...state, spans: message.spans };
    case 'replay':
      return { ...state, replay: message, playing: state.playing && message.untilNextMs !== undefined };
    case 'gone':
      return { ...state, gone: message };
  }
}

/** Nobody answers any more. @param atMs the page's time of the last word */
export function fellSilent(state: PageState, atMs: number): PageState {
  return { ...state, silentSinceMs: atMs + state.clockOffsetMs, asking: undefined, playing: false };
}

/** Somebody answers again: what was said of the silence goes. A true refusal stays. */
export function answersAgain(state: PageState): PageState {
  const problem = isUnanswered(state.problem) ? undefined : state.problem;
  return { ...state, silentSinceMs: undefined, problem };
}

/** The state after a wish was answered. */
export function answered(state: PageState, answer: Answer): PageState {
  const problem = answer.type === 'refused' ? answer : undefined;
  // A replay that nobody feeds stands.
  return { ...state, asking: undefined, problem, playing: state.playing && !isUnanswered(answer) };
}

/** What the views may do: wish for something, and change what the page keeps for itself. */
export interface Actions {
  ask(intent: PageIntent): void;
  keep(change: Partial<Kept>): void;
  dismissProblem(): void;
  /** Goes on by itself, or stands. */
  play(on: boolean): void;
  endReplay(): void;
}
