import { isOperatorError } from '../errors';
import { planReadiness } from '../plan/readiness';
import type { Plan } from '../plan/plan';
import type { Clock } from '../ports';
import type { StepSpan } from '../run/outages';
import type { RunSnapshot } from '../run/snapshot';
import { type Drill, DRILL_FORMAT, type DrillLeg, type DrillOutages } from './drill';

/** The site as a drill has to know it. */
export interface DrillLook {
  /** The host that a promotion would make primary; undefined where none can be. */
  readonly standby: string | undefined;
  /** Why the site is not healthy; empty when it is. */
  readonly problems: readonly string[];
}

export interface DrillDeps {
  readonly clock: Clock;
  look(): Promise<DrillLook>;
  plan(target: string): Promise<Plan>;
  /** Runs it to its end. */
  run(plan: Plan): Promise<RunSnapshot>;
  outages(runId: string): Promise<readonly StepSpan[]>;
  /** Whether somebody wants it to end after the promotion that runs. */
  stopped(): boolean;
}

export interface DrillRequest {
  readonly id: string;
  readonly site: string;
  readonly operator: string;
  readonly rounds: number;
  /** Typed reasons by check id. */
  readonly acknowledged: Readonly<Record<string, string>>;
}

const HEALTHY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 1_000;

/**
 * Promotes there and back. Each promotion is planned anew, from what the site is after the one before, and only while it is
 * healthy: a drill begins nothing that an operator would not begin. It ends where something did not go as planned.
 */
export async function runDrill(
  deps: DrillDeps,
  request: DrillRequest,
  onLeg: (leg: DrillLeg) => void = () => undefined,
): Promise<Drill> {
  const startedAtMs = deps.clock.nowMs();
  const legs: DrillLeg[] = [];
  const ended = (end: Drill['end'], reason: string): Drill => {
    const { id, site, operator, rounds } = request;
    const endedAtMs = deps.clock.nowMs();
    return { format: DRILL_FORMAT, id, site, operator, startedAtMs, endedAtMs, rounds, legs, end, reason };
  };
  for (let leg = 1; leg <= 2 * request.rounds; leg++) {
    const not = leg === 1 ? 'refused' : 'stopped';
    // An odd number of promotions would leave the roles exchanged: who stops a drill gets the way back, too.
    if (deps.stopped() && leg % 2 === 1) return ended(not, 'It was asked to stop.');
    try {
      const reason = await promoteOnce(deps, request, leg === 1 ? 0 : HEALTHY_WITHIN_MS, (done) => {
        legs.push(done);
        onLeg(done);
      });
      if (reason !== undefined) return ended(legs.length === 0 ? 'refused' : 'stopped', reason);
    } catch (error) {
      // What was measured until then is kept. Before the first promotion there is nothing to keep but the error.
      if (leg === 1) throw error;
      const next = isOperatorError(error) ? ` ${error.next}` : '';
      return ended(
        'stopped',
        `Promotion ${leg}: ${error instanceof Error ? error.message : String(error)}${next}`,
      );
    }
  }
  return ended('done', '');
}

/** One promotion, on a healthy site only. @returns why the drill can't go on; undefined: it was done. */
async function promoteOnce(
  deps: DrillDeps,
  request: DrillRequest,
  patienceMs: number,
  onLeg: (leg: DrillLeg) => void,
): Promise<string | undefined> {
  const look = await healthy(deps, patienceMs);
  if (look.problems.length > 0) return `The site is not healthy: ${look.problems.join('; ')}.`;
  if (look.standby === undefined) return 'No host can be promoted.';
  const plan = await deps.plan(look.standby);
  const { ready, blocking, unacknowledged } = planReadiness(plan, request.acknowledged);
  if (!ready) {
    const checks = [...blocking, ...unacknowledged].join(', ');
    return `The promotion of ${look.standby} is not possible now: ${checks}.`;
  }
  const run = await deps.run(plan);
  const outages = figures(await deps.outages(run.runId));
  const { runId, startedAtMs, end, summary } = run;
  onLeg({ runId, target: look.standby, startedAtMs, end, summary, outages });
  return end === 'done' ? undefined : `The promotion of ${look.standby} ended ${end}: ${summary}`;
}

/** The site once it is healthy, or as it is when patience ends. */
async function healthy({ look, clock }: DrillDeps, withinMs: number): Promise<DrillLook> {
  const deadlineMs = clock.monotonicMs() + withinMs;
  for (;;) {
    const seen = await look();
    if ((seen.problems.length === 0 && seen.standby !== undefined) || clock.monotonicMs() >= deadlineMs) {
      return seen;
    }
    await clock.sleep(LOOK_EVERY_MS);
  }
}

function figures(spans: readonly StepSpan[]): DrillOutages {
  const lengthOf = (id: StepSpan['id']): number | undefined => {
    const span = spans.find((one) => one.id === id);
    return span && span.endedAtMs - span.startedAtMs;
  };
  const [writesMs, vipMs, managementMs] = [lengthOf('writes'), lengthOf('vip'), lengthOf('management')];
  return {
    ...(writesMs === undefined ? {} : { writesMs }),
    ...(vipMs === undefined ? {} : { vipMs }),
    ...(managementMs === undefined ? {} : { managementMs }),
  };
}
