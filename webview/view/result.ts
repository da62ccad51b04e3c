import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import type { PlanMessage, RunView } from '../../src/shared/protocol';
import { againBy } from '../model/again';
import { endHeadline } from '../model/headline';
import type { PageState } from '../state';
import { prose } from './parts';
import { timelineView } from './timeline';

/** How it ended, what that means, what comes next, and what happened when. */
export function resultSection(state: PageState, message: PlanMessage, run: RunView): unknown {
  if (!run.end) return nothing;
  const { mark: end } = endHeadline(run.end);
  // The page's head says how it ended. A clean end needs no second sentence for it.
  const more = run.end === 'done' && !run.next ? '' : run.summary;
  const again = againBy(message, run.end);
  return html`<section class="section result tone-edge-${end.tone}" aria-labelledby="result-title">
    <h2 id="result-title">Result</h2>
    ${more ? html`<p>${more}</p>` : nothing}
    ${run.next ? html`<p class="next"><strong>Next:</strong> ${prose(run.next)}</p>` : nothing}
    ${again ? html`<p class="next">${again}</p>` : nothing} ${notes(run)}
    ${timelineView(message.plan, run, state.spans)}
  </section>`;
}

function notes(run: RunView): TemplateResult | typeof nothing {
  if (run.notes.length === 0) return nothing;
  return html`<ul class="notes">
    ${run.notes.map((note) => html`<li>${note}</li>`)}
  </ul>`;
}
