import { render } from 'lit/html.js';
import { Messenger } from '../src/shared/messenger';
import type { HostMessage, PageIntent } from '../src/shared/protocol';
import { Announcer } from './announcer';
import { keepFocus, makeRoomForBar, scrollToResult, scrollToStep, scrollToTop } from './focus';
import { Host } from './host';
import { announce, announcePlan } from './model/announce';
import { pauseMs } from './model/replay';
import type { Actions, PageState } from './state';
import { initialState, receive } from './state';
import './style/page.css';
import { registerToolkit } from './toolkit';
import { pageView } from './view/page';

/** Elapsed times tick this often while something runs. */
const TICK_MS = 200;
/** A host that is busy answers late; one that is gone never does. */
const ASK_AFTER_MS = 3_000;
const SILENT_AFTER_MS = 12_000;

registerToolkit();
const host = new Host();
const root = element('page');
const announcer = new Announcer(element('polite'), element('assertive'));
let state = initialState(host.kept());
let drawing = false;

const messenger = new Messenger<HostMessage, PageIntent>(
  (message) => host.post(message),
  (message) => {
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
  },
);

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
  if (waits) update({ ...state, asking: intent.type, problem: undefined });
  const answer = await messenger.ask(intent);
  if (!waits && answer.type === 'accepted') return;
  update({ ...state, asking: undefined, problem: answer.type === 'refused' ? answer : undefined });
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

let heardAtMs = Date.now();
let pinged = false;

window.addEventListener('message', (event) => {
  heardAtMs = Date.now();
  pinged = false;
  if (state.silentSinceMs !== undefined) update({ ...state, silentSinceMs: undefined });
  void messenger.receive(event.data);
});

/** While something runs: the host is asked now and then whether it is there, and its silence is said. */
function listen(): void {
  const quietMs = Date.now() - heardAtMs;
  if (quietMs > ASK_AFTER_MS && !pinged) {
    pinged = true;
    void messenger.ask({ type: 'ping' });
  }
  if (quietMs > SILENT_AFTER_MS && state.silentSinceMs === undefined) {
    update({ ...state, silentSinceMs: heardAtMs + state.clockOffsetMs });
    scrollToTop();
    announcer.say({ polite: [], assertive: ['Nobody answers this page any more. What it shows is old.'] });
  }
}

setInterval(() => {
  if (!state.run || state.run.state === 'ended') return;
  listen();
  update(state);
}, TICK_MS);
// Until the first word comes, the page says that it waits for one.
update(state);
void messenger.ask({ type: 'ready' });
