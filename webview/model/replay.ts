import type { ReplayMessage } from '../../src/shared/protocol';
import { formatOffset } from './format';
import type { Headline } from './headline';

/** Nobody waits for a rehearsal of silence, and nobody reads ten moments in a tenth of a second. */
const LEAST_MS = 250;
const MOST_MS = 1_500;

/** How long a moment stays before the next one is shown. */
export function pauseMs({ untilNextMs = 0 }: ReplayMessage): number {
  return Math.min(MOST_MS, Math.max(LEAST_MS, untilNextMs));
}

export function replayHeadline({ moment, moments, atMs, said, run }: ReplayMessage): Headline {
  return {
    mark: { tone: 'info', icon: 'history', word: 'Replay' },
    sentence: `Moment ${moment + 1} of ${moments}, ${formatOffset(atMs - run.startedAtMs)}: ${said}.`,
  };
}
