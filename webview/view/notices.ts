import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import type { GoneMessage, PlanMessage } from '../../src/shared/protocol';
import { isUnanswered } from '../line';
import { formatTime } from '../model/format';
import { SILENCE, silenced } from '../model/silence';
import type { Actions, PageState } from '../state';
import { icon } from './parts';

/** What stands above everything else: that nobody answers, and a plan that no longer fits. */
export function notices(state: PageState, message: PlanMessage, actions: Actions): TemplateResult {
  return html`${silence(state)} ${onlyShown(message)}
  ${state.run ? nothing : outdated(state, message, actions)}`;
}

/** The page outlives its extension host, and must not go on as if it knew. */
function silence(state: PageState): unknown {
  const { silentSinceMs } = state;
  if (silentSinceMs === undefined) return nothing;
  const { old, wish, next } = SILENCE[silenced(state)];
  return html`<section class="notice tone-bad" aria-labelledby="silence-title">
    <h2 id="silence-title">${icon('debug-disconnect')} Nobody answers this page any more</h2>
    <p>
      What it shows is from ${formatTime(silentSinceMs)}${old}. The extension host of this window has ended or
      hangs. ${wish}
    </p>
    <p class="next">${next}</p>
  </section>`;
}

/** It is read from its journal; no wish that reaches hosts can be made here. */
function onlyShown({ closed }: PlanMessage): unknown {
  if (!closed) return nothing;
  return html`<section class="notice tone-warn" aria-labelledby="closed-title">
    <h2 id="closed-title">${icon('shield')} This operation is only shown here</h2>
    <p>${closed.reason}</p>
    <p class="next">${closed.next}</p>
  </section>`;
}

/** Why the last wish was refused, or that nobody answered it. It stands in the bar, where the wish was made: the top of the page may be far away. */
export function problem(state: PageState, actions: Actions): unknown {
  if (!state.problem) return nothing;
  return html`<section class="notice tone-bad" aria-labelledby="problem-title">
    <h2 id="problem-title">
      ${icon('error')} ${isUnanswered(state.problem) ? 'That had no answer' : 'That was refused'}
    </h2>
    <p>${state.problem.reason}</p>
    ${state.problem.next ? html`<p class="next">${state.problem.next}</p>` : nothing}
    <vscode-button appearance="secondary" @click=${() => actions.dismissProblem()}>Dismiss</vscode-button>
  </section>`;
}

function outdated(state: PageState, message: PlanMessage, actions: Actions): unknown {
  if (!message.outdated) return nothing;
  return html`<section class="notice tone-warn" aria-labelledby="outdated-title">
    <h2 id="outdated-title">${icon('refresh')} The site has changed since this plan was made</h2>
    <p>${message.outdated}</p>
    ${
      message.canPlanAgain && !message.closed
        ? html`<vscode-button @click=${() => actions.ask({ type: 'planAgain' })}> Plan again </vscode-button>`
        : nothing
    }
  </section>`;
}

export function goneView(gone: GoneMessage): TemplateResult {
  return html`<main class="alone">
    <h1>${gone.title}</h1>
    <p id="state" tabindex="-1">${gone.next}</p>
  </main>`;
}
