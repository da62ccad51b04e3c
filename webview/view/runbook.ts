import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Plan, PlanMessage } from '../../src/shared/protocol';
import { count } from '../model/format';
import type { PhaseGroup, StepRow } from '../model/steps';
import { phaseGroups } from '../model/steps';
import type { Actions, PageState } from '../state';
import { icon } from './parts';
import { stepView } from './step';

/** The steps, by phase, with the point of no return between them. */
export function runbookSection(
  state: PageState,
  { plan, phases }: PlanMessage,
  actions: Actions,
  nowMs: number,
): TemplateResult {
  return html`<section class="section runbook" aria-labelledby="runbook-title">
    <div class="section-head">
      <h2 id="runbook-title">Runbook</h2>
      <span class="aside">${count(plan.steps.length, 'step')}</span>
      <span class="options">${options(state, actions)}</span>
    </div>
    ${phaseGroups(plan, phases, state.run).map(
      (group) =>
        html`<section class="phase phase-${group.phase}" aria-labelledby="phase-${group.phase}">
          <h3 id="phase-${group.phase}">${group.title}</h3>
          <p class="meaning">${group.meaning}</p>
          ${segments(group).map(
            ({ line, rows }) => html`${line ? pointOfNoReturn(state, plan) : nothing}${steps(rows)}`,
          )}
        </section>`,
    )}
  </section>`;

  function steps(rows: readonly StepRow[]): unknown {
    if (rows.length === 0) return nothing;
    return html`<ol class="steps" start=${rows[0]?.number ?? 1}>
      ${repeat(
        rows,
        (row) => row.step.id,
        (row) => stepView(state, actions, row, nowMs),
      )}
    </ol>`;
  }
}

/** A list can't hold a line that is no item, so the line parts it in two. */
function segments(group: PhaseGroup): readonly { line: boolean; rows: readonly StepRow[] }[] {
  if (group.lineBefore === undefined) return [{ line: false, rows: group.rows }];
  return [
    { line: false, rows: group.rows.slice(0, group.lineBefore) },
    { line: true, rows: group.rows.slice(group.lineBefore) },
  ];
}

function pointOfNoReturn(state: PageState, { stoppable }: Plan): TemplateResult {
  const passed = state.run?.pastPointOfNoReturn ?? false;
  return html`<p class="no-return ${passed ? 'passed' : ''}">
    ${icon('milestone')}
    <strong>Point of no return${passed ? ', passed' : ''}</strong>
    <span
      >${stoppable ? 'What is done stays.' : 'Above it Abort takes everything back.'} Below it the only way is
      forward.</span
    >
  </p>`;
}

function options(state: PageState, actions: Actions): TemplateResult {
  const { kept, run } = state;
  const all = kept.showCommands ?? !run;
  return html`${option('Show all commands', all, (showCommands) => actions.keep({ showCommands }))}
  ${
    run && run.state !== 'ended'
      ? option('Follow the running step', kept.follow, (follow) => actions.keep({ follow }))
      : nothing
  }`;
}

/** The toolkit's checkbox says `change` for our own setting, too: the listener stands first and knows the drawn value. */
function option(label: string, drawn: boolean, choose: (checked: boolean) => void): TemplateResult {
  const changed = (event: Event) => {
    const { checked } = event.target as HTMLInputElement;
    if (checked !== drawn) choose(checked);
  };
  return html`<vscode-checkbox @change=${changed} .checked=${live(drawn)}>${label}</vscode-checkbox>`;
}
