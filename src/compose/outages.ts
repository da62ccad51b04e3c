import type { RunSnapshot, StepSnapshot } from '../core/run/snapshot';
import type { OutageSpan } from '../shared/protocol';

/** Which steps bound what users miss: from the start of the first to the end of the last. */
const SPANS = [
  { id: 'writes', label: 'Writes', from: 'database-close', to: 'open' },
  { id: 'vip', label: 'Virtual IP', from: 'vip-drop', to: 'vip-taken' },
  { id: 'management', label: 'Management', from: 'services-stop', to: 'ping' },
] as const;

function endOf(step: StepSnapshot | undefined): number | undefined {
  return step?.startedAtMs === undefined || step.durationMs === undefined
    ? undefined
    : step.startedAtMs + step.durationMs;
}

/**
 * How long things were away, from the times of a run's steps. An upper bound: the real gaps lie inside these spans.
 * A span whose steps did not both end is left out.
 */
export function outageSpans(snapshot: RunSnapshot): OutageSpan[] {
  const step = (id: string): StepSnapshot | undefined => snapshot.steps.find((one) => one.id === id);
  return SPANS.flatMap(({ id, label, from, to }) => {
    const startedAtMs = step(from)?.startedAtMs;
    const endedAtMs = endOf(step(to));
    return startedAtMs === undefined || endedAtMs === undefined || step(to)?.state !== 'done'
      ? []
      : [{ id, label, startedAtMs, endedAtMs, measuredBy: `from the start of ${from} to the end of ${to}` }];
  });
}
