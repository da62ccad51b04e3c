import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CheckResult, PlanMessage } from '../../src/shared/protocol';
import type { CheckGroup } from '../model/checks';
import { groupChecks, markOf } from '../model/checks';
import { count } from '../model/format';
import type { Actions, PageState } from '../state';
import { acknowledgement } from './acknowledgement';
import { disclosure, mark, prose } from './parts';

/** Every check with its evidence, by what it does to the plan. */
export function checksSection(state: PageState, message: PlanMessage, actions: Actions): TemplateResult {
  const begun = state.run !== undefined;
  const groups = groupChecks(message.plan.checks);
  return disclosure(state, actions, {
    id: begun ? 'checks-run' : 'checks',
    openByDefault: !begun,
    className: 'section',
    summary: html`<h2>Evidence</h2>
      <span class="aside">${count(message.plan.checks.length, 'check')}: ${tally(groups, begun)}</span>`,
    body: repeat(
      groups,
      (group) => group.id,
      (group) => groupView(state, message, actions, group),
    ),
  });
}

function tally(groups: readonly CheckGroup[], begun: boolean): string {
  return groups
    .map(
      ({ id, checks }) =>
        `${checks.length} ${begun && id === 'acknowledge' ? 'acknowledged' : tallyWord[id]}`,
    )
    .join(', ');
}

const tallyWord: Readonly<Record<CheckGroup['id'], string>> = {
  block: 'blocking',
  acknowledge: 'to acknowledge',
  warn: 'warning',
  inform: 'for information',
  passed: 'passed',
};

function groupView(
  state: PageState,
  message: PlanMessage,
  actions: Actions,
  group: CheckGroup,
): TemplateResult {
  return disclosure(state, actions, {
    id: `checks-${group.id}`,
    openByDefault: group.id !== 'passed',
    className: `check-group group-${group.id}`,
    summary: html`<h3>${group.title}</h3>
      <span class="aside">${group.checks.length}</span>`,
    body: html`${group.meaning ? html`<p class="meaning">${group.meaning}</p>` : nothing}
      <ul class="checks">
        ${repeat(
          group.checks,
          (check) => check.id,
          (check) => checkView(state, message, actions, check),
        )}
      </ul>`,
  });
}

function checkView(
  state: PageState,
  message: PlanMessage,
  actions: Actions,
  check: CheckResult,
): TemplateResult {
  return html`<li class="check" id="check-${check.id}" tabindex="-1">
    <div class="check-head">
      ${mark(markOf(check))}
      <h4>${check.title}</h4>
      <code>${check.id}</code>
    </div>
    <ul class="evidence">
      ${check.evidence.map((line) => html`<li>${line}</li>`)}
    </ul>
    ${check.outcome !== 'passed' && check.remedy ? html`<p class="remedy"><strong>What to do:</strong> ${prose(check.remedy)}</p>` : nothing}
    ${
      check.outcome !== 'passed' && check.level === 'acknowledge'
        ? acknowledgement(state, message, actions, check)
        : nothing
    }
  </li>`;
}
