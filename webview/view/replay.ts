import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { ReplayMessage } from '../../src/shared/protocol';
import type { Actions, PageState } from '../state';
import { button, rightNow } from './bar';
import { problem } from './notices';
import { replayHeadline } from '../model/replay';
import { icon, mark } from './parts';

/** The bar of a replay: where it stands, forwards, backwards, and the way back to what is true now. */
export function replayBar(state: PageState, replay: ReplayMessage, actions: Actions): TemplateResult {
  const { moment, moments, run, said } = replay;
  const last = moments - 1;
  const headline = replayHeadline(replay);
  const go = (to: number) => {
    actions.play(false);
    actions.ask({ type: 'replay', moment: to });
  };
  return html`<footer class="bar" aria-label="Replay">
    ${problem(state, actions)} ${run.state === 'ended' ? nothing : rightNow(state, run, actions)}
    <p class="bar-state">${mark(headline.mark)} <span>${headline.sentence}</span></p>
    <div class="bar-row replay">
      <input
        type="range"
        min="0"
        max=${last}
        .value=${live(String(moment))}
        aria-label="Moment"
        aria-valuetext="${moment + 1} of ${moments}: ${said}"
        @input=${(event: Event) => go(Number((event.target as HTMLInputElement).value))}
      />
      <div class="buttons">
        ${step('Previous', 'chevron-left', moment > 0, () => go(moment - 1))}
        ${playButton(state, replay, actions)}
        ${step('Next', 'chevron-right', moment < last, () => go(moment + 1))}
        <vscode-button appearance="secondary" @click=${() => actions.endReplay()}>
          ${icon('close')} End Replay
        </vscode-button>
        ${button(state, actions, { type: 'saveReport' }, 'Save Report…', 'save')}
      </div>
    </div>
  </footer>`;
}

function playButton(state: PageState, { moment, moments }: ReplayMessage, actions: Actions): TemplateResult {
  const press = () => {
    actions.play(!state.playing);
    if (!state.playing && moment === moments - 1) actions.ask({ type: 'replay', moment: 0 });
  };
  return html`<vscode-button appearance="primary" @click=${press}>
    ${state.playing ? icon('debug-pause') : icon('play')} ${state.playing ? 'Pause' : 'Play'}
  </vscode-button>`;
}

function step(label: string, sign: string, possible: boolean, press: () => void): TemplateResult {
  return html`<vscode-button appearance="secondary" ?disabled=${!possible} @click=${press}>
    ${icon(sign)} ${label}
  </vscode-button>`;
}
