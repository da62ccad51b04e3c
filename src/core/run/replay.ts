import type { RunEvent } from './events';
import { snapshotOf } from './fold';
import { parseJournal } from './journalText';
import type { RunSnapshot } from './snapshot';
import { RunState } from './state';

/** One moment of a run: something that an operator would have seen change. */
export interface ReplayMoment {
  readonly atMs: number;
  /** What happened, as a sentence without its full stop. */
  readonly said: string;
}

/** A run as it was at each of its moments, from its journal alone. */
export interface Replay {
  readonly moments: readonly ReplayMoment[];
  /** The picture at a moment. @throws RangeError where there is no such moment. */
  at(moment: number): RunSnapshot;
}

/** @throws OperatorError `format-unknown` for a newer format or a damaged journal. */
export function replayOf(runId: string, texts: readonly string[]): Replay {
  const { lines } = parseJournal(runId, texts);
  const [first] = lines;
  if (!first) throw new RangeError('a parsed journal has a first line');
  const { plan } = new RunState(runId, first);
  const titles = new Map(plan.steps.map(({ id, title, host }) => [id, `${title} (${host})`]));
  const shown = lines.flatMap(({ event, atMs }, index) => {
    const said = sentence(event, (step) => titles.get(step) ?? step);
    return said === undefined ? [] : [{ said, atMs, index }];
  });
  return {
    moments: shown.map(({ atMs, said }) => ({ atMs, said })),
    at: (moment) => {
      const last = shown[moment]?.index;
      if (last === undefined) throw new RangeError(`the run has no moment ${moment}`);
      const state = new RunState(runId, first);
      for (const line of lines.slice(1, last + 1)) state.apply(line);
      return snapshotOf(state);
    },
  };
}

/** Undefined: nobody looking at the page would have seen it. */
function sentence(event: RunEvent, titled: (step: string) => string): string | undefined {
  switch (event.type) {
    case 'run-created':
      return `Confirmed by ${event.operator}`;
    case 'run-resumed':
      return `Resumed by ${event.operator}, to ${event.intent} it`;
    case 'learned-from-hosts':
      return `Taken over by ${event.operator} from another machine, where it came to "${event.place}"`;
    case 'ended-elsewhere':
      return `Ended elsewhere: ${event.reason}`;
    case 'lease-lost':
      return `The lease on ${event.host} is lost: ${event.reason}`;
    case 'step-started':
      return `${titled(event.step)} begins${event.attempt > 1 ? ` for the ${event.attempt}. time` : ''}`;
    case 'step-done':
      return `${titled(event.step)} is done${event.already ? ': it stood already' : ''}`;
    case 'step-failed':
      return `${titled(event.step)} ${event.effect === 'unknown' ? 'has no known end' : 'failed'}: ${event.reason}`;
    case 'step-not-begun':
      return `${titled(event.step)} has not taken place: its host was asked`;
    case 'step-skipped':
      return `${titled(event.step)} is skipped: ${event.reason}`;
    case 'abort-requested':
      return `${event.by} asks to abort`;
    case 'undo-started':
      return `The undo begins: ${event.reason}`;
    case 'undo-step-started':
      return `${titled(event.step)} is being taken back`;
    case 'undo-step-done':
      return `${titled(event.step)} is taken back`;
    case 'undo-step-owed':
      return `${titled(event.step)} can't be taken back yet: ${event.reason}`;
    case 'run-ended':
      return `The end: ${event.end}`;
    case 'lease-taken':
    case 'lease-released':
    case 'phase-intended':
    case 'step-output':
    case 'note':
      return undefined;
  }
}
