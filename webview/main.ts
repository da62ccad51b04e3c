import { render } from 'lit/html.js';
import type { Answer, HostMessage, PageIntent } from '../src/shared/protocol';
import { Announcer } from './announcer';
import { keepFocus, makeRoomForBar, scrollToResult, scrollToStep, scrollToTop } from './focus';
import { Host } from './host';
import { isUnanswered, Line } from './line';
import { announce, announcePlan, announceWish } from './model/announce';
import { pauseMs } from './model/replay';
import { saySilence, silenced } from './model/silence';
import type { Actions, PageState } from './state';
import { answered, answersAgain, fellSilent, initialState, receive } from './state';
import './style/page.css';
import { registerToolkit } from './toolkit';
import { pageView } from './view/page';

/** Elapsed times tick this often while something runs. */
const TICK_MS = 200;

registerToolkit();
const host = new Host();
const root = element('page');
const announcer = new Announcer(element('polite'), element('assertive'));
let state = initialState(host.kept());
let drawing = false;

const line = new Line({
  post: (message) => host.post(message),
  handle,
  nowMs: () => Date.now(),
  fellSilent: (sinceMs) => {
    update(fellSilent(state, sinceMs));
    scrollToTop();
    announcer.say({ polite: [], assertive: [saySilence(silenced(state))] });
  },
  answersAgain: () => {
    update(answersAgain(state));
    announcer.say({ polite: ['This page is answered again.'], assertive: [] });
  },
});

function handle(message: HostMessage): Answer {
  const before = state;
  update(receive(state, message, Date.now()));
  if (message.type === 'snapshot' && state.plan) {
    announcer.say(announce(state.plan.plan, before.run, message.run));
  } else if (message.type === 'plan' && !state.run) {
    announcer.say(announcePlan(before.plan, message));
  } else if (message.type === 'replay') {
    announcer.say({ polite: [`${message.said}.`], assertive: [] });
    goOn();
  }
  return { type: 'accepted' };
}

const actions: Actions = {
  ask: (intent) => void ask(intent),
  keep: (change) => update({ ...state, kept: { ...state.kept, ...change } }),
  dismissProblem: () => update({ ...state, problem: undefined }),
  play: (on) => {
    clearTimeout(next);
    update({ ...state, playing: on });
    if (on) goOn();
  },
  endReplay: () => {
    clearTimeout(next);
    update({ ...state, replay: undefined, playing: false });
  },
};

let next: ReturnType<typeof setTimeout> | undefined;

/** While a replay plays: the next moment, as soon after this one as it was then, within limits. */
function goOn(): void {
  clearTimeout(next);
  const { replay, playing } = state;
  if (!replay || !playing) return;
  next = setTimeout(() => {
    if (state.playing && state.replay) void ask({ type: 'replay', moment: state.replay.moment + 1 });
  }, pauseMs(replay));
}

async function ask(intent: PageIntent): Promise<void> {
  // Moments follow each other as fast as a slider is drawn, and the last wish must not be lost.
  const waits = intent.type !== 'replay';
  if (waits && state.asking) return;
  if (waits) {
    update({ ...state, asking: intent.type, problem: undefined });
    announcer.say(announceWish(intent.type));
  }
  const answer = await line.ask(intent);
  if (!waits && answer.type === 'accepted') return;
  // Of many moments that nobody answered one says it.
  const said = isUnanswered(answer) && isUnanswered(state.problem);
  update(answered(state, answer));
  if (said) return;
  if (answer.type === 'refused')
    announcer.say({ polite: [], assertive: [`${answer.reason} ${answer.next}`] });
  else if (answer.type === 'accepted' && intent.type === 'copy') {
    announcer.say({ polite: ['Copied.'], assertive: [] });
  }
}

function update(next: PageState): void {
  if (next.kept !== state.kept) host.keep(next.kept);
  state = next;
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(draw);
}

function draw(): void {
  drawing = false;
  keepFocus(root, () =>
    render(pageView(state, actions, state.silentSinceMs ?? Date.now() + state.clockOffsetMs), root),
  );
  makeRoomForBar(root);
  const running =
    state.silentSinceMs === undefined &&
    (state.replay?.run ?? state.run)?.steps.find(
      (step) => step.state === 'running' || step.state === 'undoing',
    );
  if (running && state.kept.follow) scrollToStep(running.id);
  if (!state.replay && state.run?.state === 'ended') scrollToResult();
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}.`);
  return found;
}

window.addEventListener('message', (event) => line.receive(event.data));

setInterval(() => {
  const runs = state.run !== undefined && state.run.state !== 'ended';
  line.listen(runs);
  if (runs) update(state);
}, TICK_MS);
// Until the first word comes, the page says that it waits for one.
update(state);
line.ready();
