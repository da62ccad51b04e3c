import type { Plan, PageIntent, PlanMessage, RunView, StepState } from '../../src/shared/protocol';
import { askingHeadline, planHeadline, runHeadline } from './headline';
import { stepMark } from './steps';

export interface Announcements {
  readonly polite: readonly string[];
  /** Failures and bad ends: these may interrupt. */
  readonly assertive: readonly string[];
}

const spoken: readonly StepState[] = ['done', 'failed', 'unknown', 'skipped', 'undone', 'undo-owed'];
const urgent: readonly StepState[] = ['failed', 'unknown', 'undo-owed'];

/** What a screen reader should say after this change. Steps are announced when they end, not when they begin. */
export function announce(plan: Plan, before: RunView | undefined, now: RunView): Announcements {
  const polite: string[] = [];
  const assertive: string[] = [];
  const previous = new Map(before?.steps.map((step) => [step.id, step.state]));
  now.steps.forEach((step, index) => {
    if (!spoken.includes(step.state) || previous.get(step.id) === step.state) return;
    // A page that was just restored says how things stand, not each step that led there.
    if (!before) return;
    const title = plan.steps.find((candidate) => candidate.id === step.id)?.title ?? step.id;
    const text = `Step ${index + 1}, ${title}: ${stepMark(step.state).word}. ${step.reason}`.trim();
    (urgent.includes(step.state) ? assertive : polite).push(text);
  });
  if (now.pastPointOfNoReturn && before && !before.pastPointOfNoReturn) {
    polite.push('Past the point of no return: forward only.');
  }
  if (now.state !== before?.state) {
    const { mark, sentence } = runHeadline(now);
    const bad = mark.tone === 'bad' || mark.tone === 'warn';
    (bad ? assertive : polite).push(`${mark.word}. ${now.summary || sentence}`);
  }
  return { polite, assertive };
}

/** Of a wish, before anybody has answered it. */
export function announceWish(wish: PageIntent['type']): Announcements {
  const asking = askingHeadline(wish);
  return { polite: asking ? [asking.sentence] : [], assertive: [] };
}

/** Of a plan that waits: that the site has changed under it, or is as it was again. Of a new one in its place: how it stands. */
export function announcePlan(before: PlanMessage | undefined, now: PlanMessage): Announcements {
  const silent = { polite: [], assertive: [] };
  if (before === undefined) return silent;
  const isNew = before.plan.id !== now.plan.id;
  if (!isNew && before.outdated === now.outdated) return silent;
  const { mark, sentence } = planHeadline(now.readiness, now.outdated);
  const text = [isNew ? 'New plan.' : '', `${mark.word}.`, sentence, now.outdated].filter(Boolean).join(' ');
  return now.outdated ? { ...silent, assertive: [text] } : { ...silent, polite: [text] };
}
