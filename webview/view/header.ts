import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import type { PlanMessage, ReplayMessage, RunView } from '../../src/shared/protocol';
import { formatTime } from '../model/format';
import { planHeadline, runHeadline } from '../model/headline';
import { fromTo } from '../model/picture';
import { replayHeadline } from '../model/replay';
import { mark } from './parts';

/** What, from where to where, in which mode, and how it stands. */
export function pageHeader(
  message: PlanMessage,
  run: RunView | undefined,
  replay: ReplayMessage | undefined,
): TemplateResult {
  const { plan } = message;
  const { mark: state, sentence } = replay
    ? replayHeadline(replay)
    : run
      ? runHeadline(run)
      : planHeadline(message.readiness, message.outdated);
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
        <dd>${formatTime(plan.createdAtMs)}</dd>
      </div>
      ${
        run
          ? html`<div>
              <dt>Started</dt>
              <dd>${formatTime(run.startedAtMs)} by ${run.operator}</dd>
            </div>`
          : nothing
      }
    </dl>
  </header>`;
}
