import type { Step } from '../plan/plan';
import type { RunState } from './state';

/** How long something was away by the times of the steps, as this machine's clock saw them. Epoch ms. */
export interface StepSpan {
  readonly id: 'writes' | 'vip' | 'management' | 'whole';
  readonly label: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly measuredBy: string;
}

/** Steps by which more can be told, where a plan has both: the first takes it away, the second sees it back. */
const BETWEEN = [
  { id: 'vip', label: 'Virtual IP', from: 'vip-drop', to: 'vip-taken' },
  { id: 'management', label: 'Management', from: 'services-stop', to: 'ping' },
] as const;

/**
 * What users noticed, from the first interrupting step on: writes until the point of no return was passed; the virtual
 * IP and the management interface between their own steps. Without the latter's: everything, until the last required
 * step. An undone run has one span, until the last undo. Empty where nothing was interrupted. Where users were cut off
 * before (a failover), it is counted from the run on and says so; an undo does not end that.
 */
export function outageSpans(state: RunState): readonly StepSpan[] {
  const { outageBegan } = state.plan;
  return outageBegan === undefined ? ofThisRun(state) : fromThisRunOn(state, outageBegan);
}

function ofThisRun(state: RunState): readonly StepSpan[] {
  const started = times(state, (step) => step.danger === 'interrupts', 'startedAtMs');
  if (started.length === 0) return [];
  const startedAtMs = Math.min(...started);
  const spans: StepSpan[] = [];
  const opened = state.record(state.plan.pointOfNoReturn);
  const add = (id: StepSpan['id'], label: string, endedAtMs: number, until: string): void => {
    spans.push({
      id,
      label,
      startedAtMs,
      endedAtMs,
      measuredBy: `times of this run's steps on this machine: first interrupting step begun, until ${until}`,
    });
  };
  if (state.opening === 'open' && opened.endedAtMs !== undefined) {
    add('writes', 'Writes', opened.endedAtMs, `"${titleOf(state, opened.id)}" was done`);
    spans.push(...between(state, BETWEEN));
    const after = times(state, (step) => step.phase === 'after' && !step.optional, 'endedAtMs');
    if (after.length > 0 && state.end === 'done' && !spans.some(({ id }) => id === 'management')) {
      add('whole', 'Everything', Math.max(...after), 'the last required step was done');
    }
  } else if (state.end === 'undone' && state.endedAtMs !== undefined) {
    add('whole', 'Everything', state.endedAtMs, 'everything was undone');
  }
  return spans;
}

/** Half-way: until then the old primary's host may hold the virtual IP. */
const HOLDER_CLOSED = 'source-close';

/**
 * The outage is older than the run: only what the run took of it is measured. The virtual IP is told where the plan brings
 * it (documented hosts: keepalived did, before).
 */
function fromThisRunOn(state: RunState, outageBegan: string): readonly StepSpan[] {
  const opened = state.record(state.plan.pointOfNoReturn);
  if (state.opening !== 'open' || opened.endedAtMs === undefined) return [];
  const from = state.adopted ? 'from its taking over here on' : 'from this run on';
  const until = (id: StepSpan['id'], label: string, last: string): readonly StepSpan[] => {
    const { state: reached, endedAtMs } = state.steps.get(last) ?? {};
    if (reached !== 'done' || endedAtMs === undefined) return [];
    const counted = `counted ${from}, by the times of its steps on this machine, until "${titleOf(state, last)}" was done`;
    // Said once, where it is read first.
    const measuredBy = id === 'writes' ? `${counted}; the outage began ${outageBegan}` : counted;
    return [{ id, label: `${label}, ${from}`, startedAtMs: state.startedAtMs, endedAtMs, measuredBy }];
  };
  const vip = state.steps.has(HOLDER_CLOSED)
    ? between(state, [{ id: 'vip', label: 'Virtual IP', from: HOLDER_CLOSED, to: 'vip-taken' }])
    : state.steps.has('vip-take')
      ? until('vip', 'Virtual IP', 'vip-taken')
      : [];
  return [...until('writes', 'Writes', opened.id), ...vip, ...until('management', 'Management', 'ping')];
}

interface Between {
  readonly id: StepSpan['id'];
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

function between(state: RunState, pairs: readonly Between[]): readonly StepSpan[] {
  return pairs.flatMap(({ id, label, from, to }): readonly StepSpan[] => {
    const [first, last] = [state.steps.get(from), state.steps.get(to)];
    // A second try begins anew: from its start on the time would be too short, so it is not told.
    if (first?.attempts !== 1 || first.startedAtMs === undefined) return [];
    if (last?.state !== 'done' || last.endedAtMs === undefined) return [];
    const measuredBy = `times of this run's steps on this machine, an upper bound: "${titleOf(state, from)}" begun, until "${titleOf(state, to)}" was done`;
    return [{ id, label, startedAtMs: first.startedAtMs, endedAtMs: last.endedAtMs, measuredBy }];
  });
}

function times(
  state: RunState,
  wanted: (step: Step) => boolean,
  which: 'startedAtMs' | 'endedAtMs',
): readonly number[] {
  return state.plan.steps
    .filter(wanted)
    .map((step) => state.record(step.id)[which])
    .filter((time) => time !== undefined);
}

function titleOf(state: RunState, id: string): string {
  return state.graph.step(id).title;
}
