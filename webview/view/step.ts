import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import { count, formatDuration, formatElapsed, ranges } from '../model/format';
import type { StepRow } from '../model/steps';
import { stepMark } from '../model/steps';
import type { Actions, PageState } from '../state';
import { disclosure, icon, mark, prose } from './parts';

const troubled = ['failed', 'unknown', 'undo-owed'];

/** One step: state, host, what, why, commands, output, time. */
export function stepView(state: PageState, actions: Actions, row: StepRow, nowMs: number): TemplateResult {
  const { step, run, number } = row;
  return html`<li class="step state-${row.drawn}" id="step-${step.id}" value=${number}>
    <div class="step-head">
      <span class="number">${number}.</span>
      ${state.run ? mark(stepMark(run.state, state.run.end)) : nothing}
      <h4>${step.title}</h4>
      <span class="host">${icon('server')} ${step.host}</span>
      ${danger(row, state.plan?.plan.outageBegan !== undefined)} ${time(row, nowMs)}
    </div>
    <p class="why">${step.why}${after(row)}</p>
    ${trouble(row)} ${commandsShown(state, row) ? commands(state, actions, row) : nothing}
    ${output(state, actions, row)}
  </li>`;
}

/** While it runs, an overview of all steps is worth more than every command: those at work and in trouble show theirs. */
function commandsShown(state: PageState, { drawn }: StepRow): boolean {
  return state.kept.showCommands ?? (!state.run || drawn === 'running' || troubled.includes(drawn));
}

/** Who is cut off already notices nothing more. */
function danger({ step }: StepRow, cutOff: boolean): unknown {
  if (step.danger === 'interrupts' && !cutOff) {
    return html`<span class="danger tone-warn">${icon('warning')} users notice</span>`;
  }
  if (step.danger === 'irreversible') {
    return html`<span class="danger tone-bad">${icon('lock')} can't be undone</span>`;
  }
  return nothing;
}

function after({ after: numbers }: StepRow): unknown {
  if (numbers.length === 0) return nothing;
  return html` <span class="after">
    Starts after ${numbers.length === 1 ? 'step' : 'steps'} ${ranges(numbers)}.
  </span>`;
}

function time({ step, run }: StepRow, nowMs: number): TemplateResult {
  const usual = html`<span class="usual">usually ${formatDuration(step.usualMs)}</span>`;
  if (run.durationMs !== undefined) {
    return html`<span class="time"><b>${formatDuration(run.durationMs)}</b> ${usual}</span>`;
  }
  if (run.startedAtMs !== undefined && run.state === 'running') {
    return html`<span class="time"><b>${formatElapsed(nowMs - run.startedAtMs)}</b> ${usual}</span>`;
  }
  return html`<span class="time">${usual}</span>`;
}

function trouble({ run }: StepRow): unknown {
  if (!run.reason) return nothing;
  const tone = troubled.includes(run.state) ? 'tone-bad' : 'tone-quiet';
  return html`<div class="trouble ${tone}">
    <p>${run.reason}</p>
    ${run.next ? html`<p class="next">${prose(run.next)}</p>` : nothing}
  </div>`;
}

function commands(state: PageState, actions: Actions, { step }: StepRow): unknown {
  if (step.shown.length === 0) return nothing;
  return html`<div class="commands">
    <pre
      tabindex="0"
      role="group"
      aria-label="Commands of ${step.title}, on ${step.host}"
    ><code>${step.shown.join('\n')}</code></pre>
    ${copyButton(state, actions, step.id, 'commands', `Copy the commands of ${step.title}`)}
  </div>`;
}

function output(state: PageState, actions: Actions, { step, run }: StepRow): unknown {
  const text = run.output.trimEnd();
  if (!text) return nothing;
  return disclosure(state, actions, {
    id: `output-${step.id}-${run.state === 'running' ? 'live' : troubled.includes(run.state) ? 'trouble' : 'fine'}`,
    openByDefault: run.state === 'running' || troubled.includes(run.state),
    className: 'output',
    summary: html`<span>Output, ${count(text.split('\n').length, 'line')}</span>`,
    body: html`<div class="commands">
      <pre tabindex="0" role="group" aria-label="Output of ${step.title}"><code>${text}</code></pre>
      ${copyButton(state, actions, step.id, 'output', `Copy the output of ${step.title}`)}
    </div>`,
  });
}

function copyButton(
  state: PageState,
  actions: Actions,
  step: string,
  part: 'commands' | 'output',
  label: string,
): TemplateResult {
  return html`<vscode-button
    appearance="icon"
    aria-label=${label}
    title=${label}
    @click=${() => actions.ask({ type: 'copy', step, part })}
  >
    ${icon('copy')}
  </vscode-button>`;
}
