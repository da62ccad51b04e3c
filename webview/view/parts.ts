import type { TemplateResult } from 'lit/html.js';
import { html } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { Mark } from '../model/tone';
import type { Actions, PageState } from '../state';

/** A codicon. Always beside a word, so it is hidden from screen readers. */
export function icon(name: string): TemplateResult {
  return html`<span class="codicon codicon-${name}" aria-hidden="true"></span>`;
}

/** Icon and word in the colour of its tone. */
export function mark({ tone, icon: name, word }: Mark): TemplateResult {
  const sign =
    tone === 'active' ? html`<vscode-progress-ring aria-hidden="true"></vscode-progress-ring>` : icon(name);
  return html`<span class="mark tone-${tone}">${sign}<span class="word">${word}</span></span>`;
}

/** A sentence, with what stands between backticks as code. */
export function prose(text: string): unknown {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

export interface Disclosure {
  readonly id: string;
  readonly openByDefault: boolean;
  readonly summary: unknown;
  readonly body: unknown;
  readonly className?: string;
}

/** A `details` that remembers what the operator chose, over renderings and reloads. */
export function disclosure(state: PageState, actions: Actions, part: Disclosure): TemplateResult {
  const open = state.kept.open[part.id] ?? part.openByDefault;
  const toggled = (event: Event) => {
    const now = (event.target as HTMLDetailsElement).open;
    const drawn = state.kept.open[part.id] ?? part.openByDefault;
    if (now !== drawn) actions.keep({ open: { ...state.kept.open, [part.id]: now } });
  };
  return html`<details class=${part.className ?? ''} .open=${live(open)} @toggle=${toggled}>
    <summary>${icon('chevron-right')}${part.summary}</summary>
    ${part.body}
  </details>`;
}
