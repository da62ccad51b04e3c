import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { CheckResult, PlanMessage } from '../../src/shared/protocol';
import type { Actions, PageState } from '../state';
import { icon } from './parts';

/** The operator's own reason for going on in spite of a check: a field, or what was recorded. */
export function acknowledgement(
  state: PageState,
  message: PlanMessage,
  actions: Actions,
  check: CheckResult,
): TemplateResult {
  const recorded = message.acknowledged[check.id] ?? '';
  if (recorded || state.run) {
    return html`<div class="acknowledged">
      <p>
        ${icon('check')}
        ${recorded ? `Acknowledged: “${recorded}”` : 'Acknowledged; the reason is in the report.'}
      </p>
      ${
        state.run
          ? nothing
          : html`<vscode-button
              appearance="secondary"
              aria-label="Withdraw the reason for: ${check.title}"
              @click=${() => actions.ask({ type: 'acknowledge', check: check.id, reason: '' })}
            >
              Withdraw
            </vscode-button>`
      }
    </div>`;
  }
  const draft = state.kept.drafts[check.id] ?? '';
  const record = () => {
    if (draft.trim()) actions.ask({ type: 'acknowledge', check: check.id, reason: draft.trim() });
  };
  return html`<div class="acknowledge">
    <vscode-text-field
      size="60"
      placeholder="Why is this acceptable now?"
      .value=${live(draft)}
      @input=${(event: Event) =>
        actions.keep({
          drafts: { ...state.kept.drafts, [check.id]: (event.target as HTMLInputElement).value },
        })}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Enter') record();
      }}
    >
      Your reason for: ${check.title}
    </vscode-text-field>
    <vscode-button appearance="secondary" ?disabled=${!draft.trim()} @click=${record}>
      Acknowledge
    </vscode-button>
  </div>`;
}
