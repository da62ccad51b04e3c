import type { CheckResult } from '../plan/plan';
import { outageSpans } from './outages';
import type { RunState } from './state';
import type { StepRecord } from './stepRecord';

/** The report of a run, Markdown. Everything in it comes from the journal, so that it can be made again at any time. */
export function runReport(state: RunState): string {
  return [
    heading(state),
    confirmed(state),
    measures(state),
    values(state),
    timeline(state),
    list('Notes', state.notes),
    checks(state.plan.checks),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}

function heading(state: RunState): string {
  const { plan } = state;
  const rows = [
    ['Site', plan.site],
    ['Operation', `${plan.operation}, ${plan.mode}`],
    ['Run', state.runId],
    ['Operator', state.operator],
    ['Begun', utc(state.startedAtMs)],
    ['Ended', state.endedAtMs === undefined ? 'not yet' : utc(state.endedAtMs)],
    ['End', state.end ?? 'none'],
  ];
  const sentences = [state.summary, state.next && `Next: ${state.next}`].filter(Boolean).join('\n\n');
  return [`# ${plan.title}`, table(['', ''], rows), sentences].filter(Boolean).join('\n\n');
}

function confirmed(state: RunState): string {
  const reasons = Object.entries(state.acknowledged).map(([id, reason]) => {
    const title = state.plan.checks.find((check) => check.id === id)?.title ?? id;
    return `${title} (${id}): ${reason}`;
  });
  const lines = [
    `${state.operator} confirmed: ${state.plan.confirmation.question || state.plan.title}`,
    ...reasons,
  ];
  if (state.abortedBy !== undefined) lines.push(`${state.abortedBy} asked to abort.`);
  return list('Who confirmed what', lines);
}

function measures(state: RunState): string {
  const spans = outageSpans(state);
  const { outageBegan } = state.plan;
  if (spans.length === 0) {
    return outageBegan === undefined || state.end === undefined
      ? ''
      : `## What users noticed\n\nThe outage began ${outageBegan}. This run has not ended it.`;
  }
  const rows = spans.map((span) => [
    span.label,
    duration(span.endedAtMs - span.startedAtMs),
    span.measuredBy,
  ]);
  return `## What users noticed\n\n${table(['what', 'away for', 'measured by'], rows)}`;
}

function values(state: RunState): string {
  if (state.captured.size === 0) return '';
  return `## Values seen on the way\n\n${table(['name', 'value'], [...state.captured])}`;
}

function timeline(state: RunState): string {
  const records = [...state.steps.values()].sort(
    (a, b) => (a.startedAtMs ?? Infinity) - (b.startedAtMs ?? Infinity),
  );
  const rows = records.map((record) => {
    const step = state.graph.step(record.id);
    return [
      record.startedAtMs === undefined ? '' : `+${duration(record.startedAtMs - state.startedAtMs)}`,
      step.host,
      step.title,
      record.durationMs === undefined ? '' : duration(record.durationMs),
      duration(step.usualMs),
      result(record),
    ];
  });
  return `## Timeline\n\n${table(['at', 'host', 'step', 'took', 'usually', 'result'], rows)}`;
}

function result(record: StepRecord): string {
  const words: string[] = [record.state];
  if (record.already && record.state === 'done') words.push('stood already');
  if (record.attempts > 1) words.push(`${record.attempts} tries`);
  if (record.undoMs !== undefined) words.push(`undo took ${duration(record.undoMs)}`);
  if (record.reason) words.push(record.reason);
  return words.join(', ');
}

function checks(results: readonly CheckResult[]): string {
  const rows = results.map((check) => [check.id, check.level, check.outcome, check.evidence.join(' ')]);
  return rows.length === 0
    ? ''
    : `## Checks before\n\n${table(['check', 'level', 'outcome', 'evidence'], rows)}`;
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `## ${title}\n\n${lines.map((line) => `- ${oneLine(line)}`).join('\n')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return oneLine(text).replaceAll('|', '\\|');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}

function duration(durationMs: number): string {
  return durationMs < 1_000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1_000).toFixed(2)} s`;
}

function utc(atMs: number): string {
  return new Date(atMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
