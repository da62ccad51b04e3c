import assert from 'node:assert/strict';
import { type DrillDeps, type DrillLook, runDrill } from '../../../src/core/drill/course';
import { type Drill, outageFigures } from '../../../src/core/drill/drill';
import { drillHistory, drillReport } from '../../../src/core/drill/report';
import type { Plan, RunEnd } from '../../../src/core/plan/plan';
import { Run } from '../../../src/core/run/executor';
import { foldJournal } from '../../../src/core/run/fold';
import { outageSpans } from '../../../src/core/run/outages';
import { recheck } from '../run/world/outcome';
import { promotionSketch, sketchPlan } from '../run/world/plans';
import { World } from '../run/world/world';

const request = { id: 'dc1-drill-1', site: 'dc1', operator: 'ann', acknowledged: {} };

/** A site whose roles change with each promotion, over the real engine on simulated hosts. */
class Rehearsal {
  readonly planned: string[] = [];
  looks: DrillLook[] = [];
  private standby = 'cc2';
  private world = new World(sketchPlan(promotionSketch()));
  private readonly legs = new Map<string, World>();
  change: (plan: Plan) => Plan = (plan) => plan;
  wanted = Number.POSITIVE_INFINITY;

  readonly deps: DrillDeps = {
    clock: {
      nowMs: () => this.world.clock.nowMs(),
      monotonicMs: () => this.world.clock.monotonicMs(),
      sleep: (ms) => this.world.clock.until(this.world.clock.sleep(ms)),
    },
    look: () => Promise.resolve(this.looks.shift() ?? { standby: this.standby, problems: [] }),
    plan: (target) => {
      this.planned.push(target);
      return Promise.resolve(
        this.change(sketchPlan(promotionSketch(), { id: `plan-${this.planned.length}` })),
      );
    },
    run: async (plan) => {
      const world = new World(plan);
      this.legs.set(plan.id, world);
      const run = new Run(world.deps()).start(plan, { operator: 'ann', acknowledged: {}, recheck });
      const end = await world.clock.until(run);
      if (end.end === 'done') this.standby = this.standby === 'cc2' ? 'cc1' : 'cc2';
      return end;
    },
    outages: (runId) => {
      const lines = this.legs.get(runId)?.lines() ?? [];
      return Promise.resolve(outageSpans(foldJournal(runId, lines)));
    },
    stopped: () => this.planned.length >= this.wanted,
  };

  drill(rounds = 1): Promise<Drill> {
    return runDrill(this.deps, { ...request, rounds });
  }
}

describe('a drill', () => {
  it('promotes there and back, each planned from what the site is then, and measures', async () => {
    const rehearsal = new Rehearsal();
    const drill = await rehearsal.drill(2);
    assert.equal(drill.end, 'done', drill.reason);
    assert.deepEqual(rehearsal.planned, ['cc2', 'cc1', 'cc2', 'cc1']);
    const writes = outageFigures(drill.legs, 'writesMs');
    assert.equal(writes?.count, 4);
    assert.ok(writes && writes.medianMs > 0 && writes.worstMs >= writes.medianMs);
  });

  it('begins nothing on a site that is not healthy', async () => {
    const rehearsal = new Rehearsal();
    rehearsal.looks = [{ standby: 'cc2', problems: ['dual-writer (cc1 and cc2)'] }];
    const drill = await rehearsal.drill();
    assert.equal(drill.end, 'refused');
    assert.match(drill.reason, /dual-writer/);
    assert.deepEqual(rehearsal.planned, []);
  });

  it('waits until the site is healthy again before the way back', async () => {
    const rehearsal = new Rehearsal();
    const ill = { standby: undefined, problems: [] };
    rehearsal.looks = [{ standby: 'cc2', problems: [] }, ill, ill];
    assert.equal((await rehearsal.drill()).end, 'done');
  });

  it('stops where a promotion does not end as it should, and keeps what was measured', async () => {
    const rehearsal = new Rehearsal();
    rehearsal.change = (plan) => (rehearsal.planned.length === 2 ? { ...plan, digest: 'another' } : plan);
    const drill = await rehearsal.drill();
    assert.equal(drill.end, 'stopped');
    assert.deepEqual(
      drill.legs.map(({ end }): RunEnd | undefined => end),
      ['done', 'refused'],
    );
  });

  it('an error on the way back keeps what was measured; before the first promotion it is the error itself', async () => {
    const rehearsal = new Rehearsal();
    const failing = (from: number): void => {
      rehearsal.change = (plan) => {
        if (rehearsal.planned.length >= from) throw new Error('cc1 can not be reached');
        return plan;
      };
    };
    failing(2);
    const drill = await rehearsal.drill();
    assert.equal(drill.end, 'stopped');
    assert.match(drill.reason, /cc1 can not be reached/);
    assert.equal(drill.legs.length, 1);
    failing(0);
    await assert.rejects(rehearsal.drill(), /cc1 can not be reached/);
  });

  it('who stops it gets the way back, too', async () => {
    const rehearsal = new Rehearsal();
    rehearsal.wanted = 1;
    const drill = await rehearsal.drill(5);
    assert.deepEqual(rehearsal.planned, ['cc2', 'cc1']);
    assert.equal(drill.end, 'stopped');
  });

  it('is told with the drills before it', async () => {
    const drill = await new Rehearsal().drill();
    const earlier: Drill = { ...drill, id: 'dc1-drill-0', startedAtMs: drill.startedAtMs - 86_400_000 };
    const elsewhere: Drill = { ...drill, id: 'dc2-drill-0', site: 'dc2' };
    const report = drillReport(drill, [earlier, elsewhere, drill]);
    assert.match(report, /\| Writes \| \d+ ms \| \d+ ms \| 2 \|/);
    assert.match(report, /## Earlier drills/);
    assert.equal(report.includes('dc2'), false);
    assert.equal(drillHistory([earlier, drill]).split('\n').length, 4);
  });
});
