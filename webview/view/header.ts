import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import type { PlanMessage } from '../../src/shared/protocol';
import { formatMoment } from '../model/format';
import { type Headline, planHeadline, runHeadline, SILENT, SILENT_AT_REST } from '../model/headline';
import { fromTo } from '../model/picture';
import { replayHeadline } from '../model/replay';
import { silenced } from '../model/silence';
import type { PageState } from '../state';
import { mark } from './parts';

/** How it stands, for the head, the bar and screen readers. */
export function headlineOf(state: PageState, message: PlanMessage): Headline {
  const { replay, run } = state;
  if (replay) return replayHeadline(replay);
  if (state.silentSinceMs !== undefined) return silenced(state) === 'running' ? SILENT : SILENT_AT_REST;
  if (run) return runHeadline(run);
  return planHeadline(message.readiness, message.outdated);
}

/** What, from where to where, in which mode, and how it stands. */
export function pageHeader(page: PageState, message: PlanMessage): TemplateResult {
  const { plan } = message;
  const { run } = page;
  const { mark: state, sentence } = headlineOf(page, message);
  const { before, after } = plan.picture;
  return html`<header>
    <h1>${plan.title}</h1>
    <p id="state" class="state" tabindex="-1">${mark(state)} <span>${sentence}</span></p>
    <dl class="facts">
      <div>
        <dt>Site</dt>
        <dd>${plan.site}</dd>
      </div>
      <div>
        <dt>Operation</dt>
        <dd>${plan.operation}, ${plan.mode}</dd>
      </div>
      <div>
        <dt>Virtual IP</dt>
        <dd>${before.vip.address}, ${fromTo(before, after)}</dd>
      </div>
      <div>
        <dt>Observed</dt>
        <dd>${formatMoment(plan.createdAtMs, Date.now())}</dd>
      </div>
      ${
        run
          ? html`<div>
              <dt>Started</dt>
              <dd>${formatMoment(run.startedAtMs, Date.now())} by ${run.operator}</dd>
            </div>`
          : nothing
      }
    </dl>
  </header>`;
}
