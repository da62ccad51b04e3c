import type { PageState } from '../state';

/** What the page shows when nobody answers it any more: that decides what can still be true, and what a reload brings. */
export type Silenced = 'plan' | 'running' | 'ended';

export function silenced({ run, replay }: Pick<PageState, 'run' | 'replay'>): Silenced {
  if (replay || run?.state === 'ended') return 'ended';
  return run ? 'running' : 'plan';
}

interface Words {
  /** After the time of the last word. */
  readonly old: string;
  readonly wish: string;
  readonly next: string;
}

const WISH = 'What you asked for last may have been heard, or not.';

export const SILENCE: Readonly<Record<Silenced, Words>> = {
  plan: {
    old: ' and may be old',
    wish: WISH,
    next: 'Reload the window. A run that was begun stands under Runs then; a plan that was never started has to be made again.',
  },
  running: {
    old: '',
    wish: '',
    next: 'Reload the window: it then says what was under way, and offers to finish or to undo it.',
  },
  ended: {
    old: ' and may be old',
    wish: WISH,
    next: 'Reload the window: this run is shown again then, as its journal has it.',
  },
};

/** For screen readers, at once. */
export function saySilence(kind: Silenced): string {
  return kind === 'running'
    ? 'Nobody answers this page any more. What it shows is old.'
    : `Nobody answers this page any more. What it shows may be old. ${WISH}`;
}
