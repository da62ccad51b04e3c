import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import type { PageIntent, PlanMessage, RunView } from '../../src/shared/protocol';
import { reveal } from '../focus';
import { count } from '../model/format';
import { askingHeadline, type Headline } from '../model/headline';
import type { Mark } from '../model/tone';
import type { Actions, PageState } from '../state';
import { headlineOf } from './header';
import { problem } from './notices';
import { disclosure, icon, mark } from './parts';

/** Always in sight: how it stands, what stopping would mean right now, and what can be done. */
export function actionBar(state: PageState, message: PlanMessage, actions: Actions): TemplateResult {
  const { run } = state;
  const asking = askingHeadline(state.asking);
  return html`<footer class="bar" aria-label="Actions" aria-busy=${state.asking !== undefined}>
    ${problem(state, actions)}
    ${run && run.state !== 'ended' ? (state.silentSinceMs === undefined ? rightNow(state, run, actions) : whenLastHeard(state, run, actions)) : nothing}
    <div class="bar-row">
      <p class="bar-state">${asking ? waiting(asking) : standing(state, message)}</p>
      <div class="buttons">${buttons(state, message, actions)}</div>
    </div>
  </footer>`;
}

/** The header still tells of what this will take the place of. */
function waiting({ mark: full, sentence }: Headline): TemplateResult {
  return html`${mark(full)} <span>${sentence}</span>`;
}

function standing(state: PageState, message: PlanMessage): TemplateResult {
  const { run } = state;
  const headline = headlineOf(state, message);
  return html`${run?.state === 'ended' && state.silentSinceMs === undefined ? nothing : mark(shortened(headline.mark))}
    <span>${headline.sentence}</span>${inTheWay(message, run)}`;
}

/** The header has the moving ring already; a second one only distracts. */
function shortened(full: Mark): Mark {
  return full.tone === 'active' ? { ...full, tone: 'info' } : full;
}

/** Checks in the way that the bar names; more would cover what they are about. */
const NAMED = 3;

function inTheWay(message: PlanMessage, run: RunView | undefined): unknown {
  const { blocking, unacknowledged } = message.readiness;
  const ids = blocking.length > 0 ? blocking : unacknowledged;
  if (run || message.outdated || ids.length === 0) return nothing;
  return html` <span class="in-the-way">
    ${ids
      .slice(0, NAMED)
      .map((id) => html`<a href="#check-${id}" @click=${shown(`check-${id}`)}>${titleOf(message, id)}</a> `)}
    ${ids.length > NAMED ? `and ${ids.length - NAMED} more` : nothing}
  </span>`;
}

function shown(id: string): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    reveal(id);
  };
}

function titleOf(message: PlanMessage, id: string): string {
  return message.plan.checks.find((check) => check.id === id)?.title ?? id;
}

/** What stopping at this moment means; of a replay, what it would have meant. */
export function rightNow(state: PageState, run: RunView, actions: Actions): TemplateResult {
  const effects = run.abortWouldUndo;
  return disclosure(state, actions, {
    id: 'right-now',
    openByDefault: isWide(),
    className: 'right-now',
    summary: html`<span class="abort-summary">${abortSentence(run, state.replay !== undefined)}</span>`,
    body: html`<div class="right-now-body">
      ${
        effects.length > 0
          ? html`<ol class="effects" aria-label="In this order">
              ${effects.map((effect) => html`<li>${effect}</li>`)}
            </ol>`
          : nothing
      }
      <p class="if-this-dies">
        <strong>If this window ${state.replay ? 'had died then' : 'dies now'}:</strong> ${run.ifThisDies}
      </p>
    </div>`,
  });
}

/** Nothing can be asked for any more; what becomes of the site is what the operator wants to know. */
function whenLastHeard(state: PageState, run: RunView, actions: Actions): TemplateResult {
  return disclosure(state, actions, {
    id: 'when-last-heard',
    openByDefault: isWide(),
    className: 'right-now',
    summary: html`<span class="abort-summary">If the run has died, too</span>`,
    body: html`<p class="right-now-body if-this-dies">${run.ifThisDies}</p>`,
  });
}

/** Room enough for more than one line of the bar. */
function isWide(): boolean {
  return window.matchMedia('(min-width: 700px) and (min-height: 600px)').matches;
}

function abortSentence(run: RunView, then: boolean): string {
  const effects = run.abortWouldUndo.length;
  if (run.stoppable) return 'Stop leaves what is done: it can be gone on with later';
  if (run.pastPointOfNoReturn) {
    return `Abort ${then ? 'was' : 'is'} no longer possible: past the point of no return`;
  }
  if (run.state === 'undoing') return `Still to be undone: ${count(effects, 'effect')}`;
  const would = then ? 'Abort would have undone' : 'Abort now would undo';
  return effects === 0 ? `${would} nothing: nothing was changed` : `${would} ${count(effects, 'effect')}`;
}

function buttons(state: PageState, message: PlanMessage, actions: Actions): unknown {
  const { run } = state;
  if (!run) return planButtons(state, message, actions);
  if (run.state === 'ended') return endButtons(state, message, run, actions);
  if (state.silentSinceMs !== undefined) return stopButton(state, run, actions);
  return html`${stopButton(state, run, actions)}
  ${button(state, actions, { type: 'openLog' }, 'Open Log', 'output')}`;
}

/** Where nobody hears it, it stays in its place and says why it does nothing. */
function stopButton(state: PageState, run: RunView, actions: Actions): unknown {
  const possible =
    run.state === 'running' && (!run.pastPointOfNoReturn || run.stoppable) && run.stoppingFor === undefined;
  if (!possible) return nothing;
  const label = run.stoppable ? 'Stop' : 'Abort';
  if (state.silentSinceMs === undefined)
    return button(state, actions, { type: 'abort' }, label, 'debug-stop', 'primary', 'abort');
  const why = `${label} would reach nobody: reload the window`;
  return html`<vscode-button class="abort" appearance="primary" disabled title=${why} aria-label=${why}>
    ${icon('debug-stop')} ${label}
  </vscode-button>`;
}

function planButtons(state: PageState, message: PlanMessage, actions: Actions): TemplateResult {
  const can = message.readiness.ready && !message.outdated && !message.closed;
  return html`<vscode-button
      appearance="primary"
      ?disabled=${!can}
      @click=${() => actions.ask({ type: 'confirm' })}
    >
      ${message.plan.confirmation.verb}…
    </vscode-button>
    ${message.canPlanAgain && !message.closed ? button(state, actions, { type: 'planAgain' }, 'Plan Again', 'refresh') : nothing}
    ${button(state, actions, { type: 'exportPlan' }, 'Export Plan…', 'export')}`;
}

function endButtons(state: PageState, message: PlanMessage, run: RunView, actions: Actions): TemplateResult {
  const next = message.closed ? nothing : afterEnd(state, message, run, actions);
  return html`${next} ${button(state, actions, { type: 'replay', moment: 0 }, 'Replay', 'play-circle')}
  ${button(state, actions, { type: 'saveReport' }, 'Save Report…', 'save', run.end === 'done' ? 'primary' : 'secondary')}
  ${button(state, actions, { type: 'openLog' }, 'Open Log', 'output')}`;
}

/** What can be done about it on its hosts. */
function afterEnd(state: PageState, message: PlanMessage, run: RunView, actions: Actions): unknown {
  return run.end === 'unfinished'
    ? html`${button(state, actions, { type: 'retry', intent: 'finish' }, 'Resume', 'play', 'primary')}
      ${
        run.pastPointOfNoReturn
          ? nothing
          : button(state, actions, { type: 'retry', intent: 'undo' }, 'Undo', 'discard')
      }`
    : run.end === 'undo-owed'
      ? button(state, actions, { type: 'retry', intent: 'undo' }, 'Finish the Undo', 'discard', 'primary')
      : run.end === 'done' || !message.canPlanAgain
        ? nothing
        : button(state, actions, { type: 'planAgain' }, 'Plan Again', 'refresh', 'primary');
}

export function button(
  state: PageState,
  actions: Actions,
  intent: PageIntent,
  label: string,
  sign: string,
  appearance: 'primary' | 'secondary' = 'secondary',
  className = '',
): TemplateResult {
  return html`<vscode-button class=${className} appearance=${appearance} @click=${() => actions.ask(intent)}>
    ${icon(sign)} ${label}
  </vscode-button>`;
}
