import type { TemplateResult } from 'lit/html.js';
import { html, nothing } from 'lit/html.js';
import type { OutageSpan, Plan, RunEnd, RunView } from '../../src/shared/protocol';
import { formatDuration, formatOffset } from '../model/format';
import { stepMark } from '../model/steps';
import type { TimelineRow } from '../model/timeline';
import { timeline } from '../model/timeline';
import type { Mark } from '../model/tone';
import { mark } from './parts';

const outageMark: Mark = { tone: 'warn', icon: 'watch', word: 'Outage' };

/** A table first, so that it reads without the bars. */
export function timelineView(plan: Plan, run: RunView, spans: readonly OutageSpan[]): unknown {
  const rows = timeline(plan, run, spans);
  if (rows.length === 0) return nothing;
  return html`<h3 id="timeline-title">Timeline</h3>
    <div class="timeline-scroll" tabindex="0" role="region" aria-labelledby="timeline-title">
      <table class="timeline" aria-labelledby="timeline-title">
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">What</th>
            <th scope="col">Host</th>
            <th scope="col" class="figure">Began</th>
            <th scope="col" class="figure">Took</th>
            <th scope="col" class="axis">From start to end</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => rowView(row, run.end))}
        </tbody>
      </table>
    </div>`;
}

function rowView(row: TimelineRow, end: RunEnd | undefined): TemplateResult {
  const sign = row.state === 'outage' ? outageMark : stepMark(row.state, end);
  return html`<tr class="${row.state === 'outage' ? 'outage' : ''}">
    <td>${mark(sign)}</td>
    <th scope="row">${row.title}${row.note ? html`<span class="how">${row.note}</span>` : nothing}</th>
    <td>${row.host}</td>
    <td class="figure">${formatOffset(row.offsetMs)}</td>
    <td class="figure">${row.durationMs === undefined ? nothing : formatDuration(row.durationMs)}</td>
    <td class="axis">
      <svg class="tone-${sign.tone}" width="100%" height="10" aria-hidden="true" focusable="false">
        <rect x="${row.left}%" y="1" width="${row.width}%" height="8" rx="1"></rect>
      </svg>
    </td>
  </tr>`;
}
