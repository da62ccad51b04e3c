import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import type { PlanMessage } from '../../src/shared/protocol';
import type { Actions, PageState } from '../state';
import { actionBar } from './bar';
import { checksSection } from './checks';
import { pageHeader } from './header';
import { goneView, notices } from './notices';
import { overview } from './overview';
import { replayBar } from './replay';
import { resultSection } from './result';
import { runbookSection } from './runbook';

/** The whole page for a state. @param nowMs the host's clock, for elapsed times */
export function pageView(state: PageState, actions: Actions, nowMs: number): TemplateResult {
  if (state.gone) return goneView(state.gone);
  if (!state.plan) {
    return html`<main class="alone">
      <h1><vscode-progress-ring aria-hidden="true"></vscode-progress-ring> Reading the plan…</h1>
    </main>`;
  }
  return planned(state, state.plan, actions, nowMs);
}

function planned(state: PageState, message: PlanMessage, actions: Actions, nowMs: number): TemplateResult {
  const { replay } = state;
  // What is drawn is the past; what can be done about the run now is left out.
  const shown: PageState = replay
    ? { ...state, run: replay.run, spans: replay.untilNextMs === undefined ? state.spans : [] }
    : state;
  const run = shown.run;
  const atMs = replay?.atMs ?? nowMs;
  return html`
    ${pageHeader(shown, message)}
    <main>
      ${notices(shown, message, actions)}
      ${run?.state === 'ended' ? resultSection(shown, message, run) : nothing}
      ${overview(shown, message.plan, actions)} ${checksSection(shown, message, actions)}
      ${runbookSection(shown, message, actions, atMs)}
    </main>
    ${replay ? replayBar(shown, replay, actions) : actionBar(shown, message, actions)}
  `;
}
