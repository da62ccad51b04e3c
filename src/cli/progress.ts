import type { Plan } from '../core/plan/plan';
import type { StepSpan } from '../core/run/outages';
import type { RunSnapshot, StepSnapshot } from '../core/run/snapshot';

/** Shows a run as it goes: a line for each change of a step, or one JSON line for it. */
export class Progress {
  private readonly shown = new Map<string, string>();

  constructor(private readonly json: boolean) {}

  show(snapshot: RunSnapshot): void {
    for (const step of snapshot.steps) {
      if (step.state === 'waiting' || this.shown.get(step.id) === step.state) continue;
      this.shown.set(step.id, step.state);
      this.print(snapshot, step);
    }
  }

  /** First of all: which run this is, so that whoever reads along can resume it when this process dies. */
  begin({ id, site, operation, title, steps, pointOfNoReturn }: Plan): void {
    if (!this.json) return;
    const ids = steps.map((step) => step.id);
    console.log(
      JSON.stringify({ type: 'run', runId: id, site, operation, title, steps: ids, pointOfNoReturn }),
    );
  }

  /** @param outages what users noticed, as far as the run's steps tell it */
  end(snapshot: RunSnapshot, outages: readonly StepSpan[]): void {
    const { runId, end, summary, next, notes } = snapshot;
    const away = outages.map(({ id, label, startedAtMs, endedAtMs, measuredBy }) => {
      return { id, label, durationMs: Math.round(endedAtMs - startedAtMs), measuredBy };
    });
    if (this.json) {
      console.log(JSON.stringify({ type: 'run-ended', runId, end, summary, next, notes, outages: away }));
      return;
    }
    for (const note of notes) console.log(`  note: ${note}`);
    for (const { label, durationMs, measuredBy } of away)
      console.log(`  away: ${label}: ${(durationMs / 1_000).toFixed(2)} s (${measuredBy})`);
    console.log(`${end ?? 'no end'}: ${summary}${next ? `\nNext: ${next}` : ''}\nRun ${runId}`);
  }

  private print({ plan }: RunSnapshot, step: StepSnapshot): void {
    const { id, state, durationMs, reason, next } = step;
    if (this.json) {
      console.log(JSON.stringify({ type: 'step', step: id, state, durationMs, reason, next }));
      return;
    }
    const planned = plan.steps.find((one) => one.id === id);
    const took = durationMs === undefined ? '' : ` (${Math.round(durationMs)} ms)`;
    console.log(`${state.padEnd(10)} ${planned?.host ?? ''}: ${planned?.title ?? id}${took}`);
    if (reason) console.log(`           ${reason}${next ? ` -> ${next}` : ''}`);
  }
}
