import type { FileDrills } from '../adapters/journal/fileDrills';
import { type DrillDeps, type DrillLook, runDrill } from '../core/drill/course';
import type { Drill, DrillLeg } from '../core/drill/drill';
import { drillReport } from '../core/drill/report';
import type { Site } from '../core/inventory/site';
import type { Plan } from '../core/plan/plan';
import type { Clock } from '../core/ports';
import type { Run } from '../core/run/executor';
import type { LiveSites } from './liveSites';
import type { Operations } from './operations';

const OPERATION = 'promote';

export interface DrillWishes {
  readonly rounds: number;
  readonly acknowledged: Readonly<Record<string, string>>;
  /** Shows a promotion that is about to begin; it begins when that is done. */
  readonly follow?: (run: Run, plan: Plan) => { dispose(): void } | Promise<{ dispose(): void }>;
  readonly onLeg?: (leg: DrillLeg) => void;
  readonly stopped?: () => boolean;
}

/** Rehearsals of real sites, and what the ones before have measured. */
export class Drills {
  constructor(
    private readonly operations: Operations,
    private readonly sites: LiveSites,
    private readonly store: FileDrills,
    private readonly clock: Clock,
  ) {}

  /** Looks whether a drill could begin now. */
  async look(site: Site): Promise<DrillLook> {
    const [state, targets] = await Promise.all([
      this.sites.observe(site),
      this.sites.targets(site, OPERATION),
    ]);
    const problems = state.findings
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${code} (${message})`);
    if (state.topology.state === 'unknown' && problems.length === 0) {
      problems.push('not everything of it could be read');
    }
    return { standby: targets.find(({ label }) => label === 'standby')?.host, problems };
  }

  async run(site: Site, wishes: DrillWishes): Promise<Drill> {
    const { operations, clock } = this;
    const time = new Date(clock.nowMs()).toISOString().replace(/[-:]|\.\d+/g, '');
    const deps: DrillDeps = {
      clock,
      look: () => this.look(site),
      plan: (target) => operations.plan(site, OPERATION, target, 'planned'),
      run: async (plan) => {
        const run = operations.newRun(site);
        const followed = await wishes.follow?.(run, plan);
        try {
          return await run.start(plan, operations.startOptions(site, plan, wishes.acknowledged));
        } finally {
          followed?.dispose();
        }
      },
      outages: (runId) => operations.outages(runId),
      stopped: wishes.stopped ?? (() => false),
    };
    const { rounds, acknowledged } = wishes;
    const request = {
      id: `${site.name}-drill-${time}`,
      site: site.name,
      operator: operations.operator,
      rounds,
      acknowledged,
    };
    const drill = await runDrill(deps, request, wishes.onLeg);
    if (drill.legs.length > 0) await this.store.save(drill);
    return drill;
  }

  /** The newest last. */
  history(): Promise<readonly Drill[]> {
    return this.store.list();
  }

  async report(drill: Drill): Promise<string> {
    return drillReport(drill, await this.store.list());
  }
}
