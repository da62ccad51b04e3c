import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import type { PlanMessage } from '../../src/shared/protocol';
import type { Actions, PageState } from '../state';
import { actionBar } from './bar';
import { checksSection } from './checks';
import { pageHeader } from './header';
import { goneView, notices } from './notices';
import { overview } from './overview';
import { resultSection } from './result';
import { runbookSection } from './runbook';

/** The whole page for a state. @param nowMs the host's clock, for elapsed times */
export function pageView(state: PageState, actions: Actions, nowMs: number): TemplateResult {
  if (state.gone) return goneView(state.gone);
  if (!state.plan) {
    return html`<main class="waiting">
      <p><vscode-progress-ring aria-hidden="true"></vscode-progress-ring> Reading the plan…</p>
    </main>`;
  }
  return planned(state, state.plan, actions, nowMs);
}

function planned(state: PageState, message: PlanMessage, actions: Actions, nowMs: number): TemplateResult {
  const run = state.run;
  return html`
    ${pageHeader(message, run)}
    <main>
      ${notices(state, message, actions)}
      ${run?.state === 'ended' ? resultSection(state, message.plan, run) : nothing}
      ${overview(state, message.plan, actions)} ${checksSection(state, message, actions)}
      ${runbookSection(state, message.plan, actions, nowMs)}
    </main>
    ${actionBar(state, message, actions)}
  `;
}
