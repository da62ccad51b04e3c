import type { TemplateResult } from 'lit/html.js';
import { html } from 'lit/html.js';
import type { Plan } from '../../src/shared/protocol';
import type { Actions, PageState } from '../state';
import { disclosure } from './parts';
import { picture } from './picture';

/** What will happen, in sentences and as a picture. Steps aside once the run has begun. */
export function overview(state: PageState, plan: Plan, actions: Actions): TemplateResult {
  const begun = state.run !== undefined;
  return disclosure(state, actions, {
    id: begun ? 'overview-run' : 'overview',
    openByDefault: !begun,
    className: 'section',
    summary: html`<h2>${begun ? 'What was planned' : 'What will happen'}</h2>`,
    body: html`<ul class="summary">
        ${plan.summary.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>
      <div class="pictures">
        ${picture('Before', plan.picture.before)} ${picture('After', plan.picture.after)}
      </div>`,
  });
}
