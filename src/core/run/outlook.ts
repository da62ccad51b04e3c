import type { Step } from '../plan/plan';
import type { RunState } from './state';

/** Steps whose effect may stand and can be brought back, the last done first, as undo would begin them. */
export function undoOrder(state: RunState): readonly Step[] {
  const rank = new Map(state.doneOrder.map((id, index) => [id, index]));
  const late = state.doneOrder.length;
  return state.plan.steps
    .filter((step) => step.undo !== undefined && state.record(step.id).touched)
    .sort((a, b) => (rank.get(b.id) ?? late) - (rank.get(a.id) ?? late));
}

/** What Abort would undo right now; empty where there is no way back, or nothing to bring back. */
export function abortWouldUndo(state: RunState): readonly string[] {
  if (state.opening !== 'closed' || state.phase === 'ended') return [];
  return undoOrder(state).map(effectOf);
}

/** What an undo brings back, with its host where the sentence doesn't name it. */
export function effectOf({ host, title, undo }: Step): string {
  const effect = undo?.effect ?? title;
  return effect.split(/[^\w.-]+/).includes(host) ? effect : `${host}: ${effect}`;
}

/** Of a journal that holds another machine's plan and nothing of what the hosts told. */
export const ADOPTED_HALFWAY =
  'This run was begun on another machine, and taking it over from the hosts was broken off: this journal does not tell what was done.';
export const TAKE_OVER_AGAIN =
  'Take it over from the hosts once more ("Resume or Undo Operation"; cli.js resume --from-hosts).';

/** What becomes of the site if this process dies at this moment. */
export function ifThisDies(state: RunState): string {
  if (state.phase === 'ended') return '';
  if (state.adoptedHalfway) return ADOPTED_HALFWAY;
  const opening = state.graph.step(state.plan.pointOfNoReturn);
  const lease = state.leases.size > 0 ? 'The lease on the hosts ends by itself within half a minute.' : '';
  if (state.phase === 'undoing') {
    const left = undoOrder(state).length;
    return sentences(
      left === 0
        ? 'Everything is undone.'
        : `${steps(left)} would stay to be undone until somebody resumes the undo.`,
      lease,
    );
  }
  switch (state.opening) {
    case 'open': {
      const left = state.plan.steps.filter((step) => isOpenEnd(state, step)).length;
      return sentences(
        `"${opening.title}" on ${opening.host} has taken place and stays.`,
        left === 0 ? '' : `${steps(left)} would be missing until somebody resumes.`,
        lease,
      );
    }
    case 'intended':
      return sentences(
        `Whether "${opening.title}" on ${opening.host} has taken place would be asked of the host on resume.`,
        'Until then nothing is undone.',
        lease,
      );
    case 'closed':
      return sentences(beforeOpening(state), lease);
  }
}

function beforeOpening(state: RunState): string {
  const touched = undoOrder(state);
  if (touched.length === 0) {
    const cutOff = state.plan.outageBegan === undefined ? '' : ' Users stay cut off, as they are.';
    return `Nothing has been changed yet, and nothing would be.${cutOff}`;
  }
  if (state.plan.outageBegan !== undefined) {
    const { host } = state.graph.step(state.plan.pointOfNoReturn);
    return `Users stay cut off until somebody resumes: they have no service before ${host} is open. On the next start you are asked whether to go on or to undo.`;
  }
  const interrupted = touched.filter((step) => step.danger === 'interrupts');
  if (interrupted.length === 0) {
    return 'Users would notice nothing. On the next start you are asked whether to go on or to undo.';
  }
  const titles = interrupted.map((step) => `"${step.title}" on ${step.host}`).join(', ');
  return `The outage would last until somebody resumes or undoes: ${titles} would stay as it is now.`;
}

function isOpenEnd(state: RunState, step: Step): boolean {
  return step.phase === 'after' && !['done', 'skipped'].includes(state.record(step.id).state);
}

function steps(count: number): string {
  return count === 1 ? 'One step' : `${count} steps`;
}

function sentences(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(' ');
}
