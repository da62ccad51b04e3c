import { phasesOf } from '../../core/plan/phases';
import { planReadiness } from '../../core/plan/readiness';
import type { Plan } from '../../core/plan/plan';
import type { Replay } from '../../core/run/replay';
import type { RunSnapshot } from '../../core/run/snapshot';
import type { HostMessage, ReplayMessage, RunbookKey, RunView } from '../../shared/protocol';
import { commandOf } from './commandOf';
import type { RunController } from './controller';

/** Works out which messages the page needs. It is told only what has changed, and everything after `reset`. */
export class Feed {
  private sentPlan = '';
  private sentOutages = '';
  private sentRun: RunSnapshot | undefined;

  constructor(
    private readonly controller: RunController,
    private readonly acknowledged: () => Readonly<Record<string, string>>,
  ) {}

  /** The page has been loaded anew and knows nothing. */
  reset(): void {
    this.sentPlan = '';
    this.sentOutages = '';
    this.sentRun = undefined;
  }

  /** @param nowMs this host's clock */
  next(nowMs: number): readonly HostMessage[] {
    const messages: HostMessage[] = [];
    const plan = this.controller.plan();
    const run = this.controller.snapshot();
    const acknowledged = this.acknowledged();
    const outdated = this.controller.outdated();
    const key = runbookKey(plan, run);
    const closed = this.controller.closed();
    const fingerprint = JSON.stringify([key, outdated, acknowledged, closed]);
    if (fingerprint !== this.sentPlan) {
      this.sentPlan = fingerprint;
      const readiness = planReadiness(plan, acknowledged);
      messages.push({
        type: 'plan',
        ...{ plan, key, acknowledged, readiness, phases: phasesOf(plan), outdated, closed },
        canPlanAgain: this.controller.canPlanAgain(),
        command: commandOf(plan.operation),
      });
    }
    if (run && run !== this.sentRun) {
      this.sentRun = run;
      messages.push({ type: 'snapshot', run: withoutPlan(run), hostNowMs: nowMs });
    }
    const spans = this.controller.outages();
    if (JSON.stringify(spans) !== (this.sentOutages || '[]')) {
      this.sentOutages = JSON.stringify(spans);
      messages.push({ type: 'measurements', spans });
    }
    return messages;
  }
}

function runbookKey(plan: Plan, run: RunSnapshot | undefined): RunbookKey {
  const { site, operation, mode, id } = plan;
  return { site, operation, mode, planId: id, ...(run ? { runId: run.runId } : {}) };
}

/** One moment of a replay; a number that is out of bounds means the nearest. */
export function replayMessage(replay: Replay, wished: number): ReplayMessage {
  const { moments } = replay;
  const moment = Math.min(Math.max(0, Math.trunc(wished) || 0), moments.length - 1);
  const [now, next] = [moments[moment], moments[moment + 1]];
  if (!now) throw new RangeError('a run has at least one moment');
  return {
    type: 'replay',
    run: withoutPlan(replay.at(moment)),
    moment,
    moments: moments.length,
    ...now,
    untilNextMs: next === undefined ? undefined : Math.max(0, next.atMs - now.atMs),
  };
}

function withoutPlan(run: RunSnapshot): RunView {
  const { plan: _, ...view } = run;
  return view;
}
