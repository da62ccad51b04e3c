import type { PageIntent, Readiness, RunEnd, RunView } from '../../src/shared/protocol';
import { count } from './format';
import { progress } from './steps';
import type { Mark } from './tone';

export interface Headline {
  readonly mark: Mark;
  /** One sentence for the bar and for screen readers. */
  readonly sentence: string;
}

const ends: Readonly<Record<RunEnd, { mark: Mark; sentence: string }>> = {
  done: {
    mark: { tone: 'good', icon: 'pass-filled', word: 'Done' },
    sentence: 'Every step is done and its effect was verified.',
  },
  refused: {
    mark: { tone: 'bad', icon: 'circle-slash', word: 'Refused' },
    sentence: 'Nothing was changed.',
  },
  undone: {
    mark: { tone: 'info', icon: 'discard', word: 'Undone' },
    sentence: 'Everything that was changed was taken back: the site is as it was before.',
  },
  'undo-owed': {
    mark: { tone: 'warn', icon: 'history', word: 'Undo owed' },
    sentence: 'Part of it could not be taken back yet.',
  },
  unfinished: {
    mark: { tone: 'warn', icon: 'debug-pause', word: 'Unfinished' },
    sentence: 'It stopped on the way and can be resumed.',
  },
};

export function endHeadline(end: RunEnd): Headline {
  return ends[end];
}

/** State of a plan that is not running yet. */
export function planHeadline(readiness: Readiness, outdated: string): Headline {
  if (outdated) {
    return {
      mark: { tone: 'warn', icon: 'refresh', word: 'Out of date' },
      sentence: 'The site has changed since this plan was made. Plan again.',
    };
  }
  const blocking = readiness.blocking.length;
  if (blocking > 0) {
    return {
      mark: { tone: 'bad', icon: 'circle-slash', word: 'Blocked' },
      sentence: `${count(blocking, 'check blocks', 'checks block')} this plan.`,
    };
  }
  const missing = readiness.unacknowledged.length;
  if (missing > 0) {
    return {
      mark: { tone: 'warn', icon: 'edit', word: 'Needs your reason' },
      sentence: `${count(missing, 'check needs', 'checks need')} a reason from you before it can start.`,
    };
  }
  return {
    mark: { tone: 'info', icon: 'play', word: 'Ready' },
    sentence: 'Ready to start. Nothing has been changed so far.',
  };
}

/** Of a wish that waits for its answer; undefined where that comes soon. A plan waits for hosts that don't answer. */
export function askingHeadline(wish: PageIntent['type'] | undefined): Headline | undefined {
  if (wish !== 'planAgain') return undefined;
  return { mark: { tone: 'active', icon: 'sync', word: 'Planning' }, sentence: 'Making a new plan…' };
}

/** The page's host is gone: what it says is old. */
export const SILENT: Headline = {
  mark: { tone: 'unknown', icon: 'debug-disconnect', word: 'No answer' },
  sentence: 'Nobody answers this page any more. What it shows is old: reload the window.',
};

/** The same where nothing runs: what is shown may still be so. */
export const SILENT_AT_REST: Headline = {
  mark: SILENT.mark,
  sentence: 'Nobody answers this page any more. What it shows may be old: reload the window.',
};

export function runHeadline(run: RunView): Headline {
  if (run.state === 'ended' && run.end) return endHeadline(run.end);
  if (run.state === 'undoing') {
    return {
      mark: { tone: 'active', icon: 'sync', word: 'Undoing' },
      sentence: 'Taking back what was done, last step first.',
    };
  }
  if (run.stoppingFor !== undefined) {
    return {
      mark: { tone: 'active', icon: 'sync', word: 'Stopping' },
      sentence: run.stoppable
        ? `${run.stoppingFor} asked to stop. What runs goes on to its end; the rest can be resumed.`
        : `${run.stoppingFor} asked to abort. What runs goes on to its end; then everything is undone.`,
    };
  }
  const { finished, total } = progress(run);
  return {
    mark: { tone: 'active', icon: 'sync', word: 'Running' },
    sentence: `${finished} of ${total} steps finished${run.pastPointOfNoReturn ? ', past the point of no return' : ''}.`,
  };
}
