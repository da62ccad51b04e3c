import assert from 'node:assert/strict';
import fc from 'fast-check';
import { planProblems } from '../../../src/core/plan/validate';
import { Run } from '../../../src/core/run/executor';
import { foldJournal } from '../../../src/core/run/fold';
import { assertWhole, bringToFinalEnd, recheck, resumeRun, startRun } from './world/outcome';
import { sketches } from './world/graphs';
import { sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { FAULTS, World } from './world/world';

/** FC_RUNS=2000 looks longer. */
const numRuns = Number(process.env['FC_RUNS'] ?? 150);

const trouble = fc.record({
  /** Faults by the number of the command. */
  faults: fc.array(fc.tuple(fc.nat(40), fc.constantFrom(...FAULTS)), { maxLength: 4 }),
  awayAt: fc.option(
    fc.record({
      command: fc.nat(40),
      host: fc.constantFrom('cc1', 'cc2'),
      forMs: fc.constantFrom(300, 5_000, 16_000, 45_000, Infinity),
    }),
    { nil: undefined },
  ),
  abortAtMs: fc.option(fc.nat(400), { nil: undefined }),
  killAt: fc.option(fc.nat(150), { nil: undefined }),
  losePower: fc.boolean(),
  wish: fc.constantFrom('finish' as const, 'undo' as const),
});

type Trouble = typeof trouble extends fc.Arbitrary<infer T> ? T : never;

function disturb(world: World, { faults, awayAt }: Trouble): void {
  const byCommand = new Map(faults);
  let commands = 0;
  world.fault = () => {
    const number = commands++;
    if (awayAt && number === awayAt.command) {
      world.away.add(awayAt.host);
      if (awayAt.forMs !== Infinity) {
        void world.clock.sleep(awayAt.forMs).then(() => world.away.delete(awayAt.host));
      }
    }
    return byCommand.get(number);
  };
}

function mend(world: World): void {
  world.fault = () => undefined;
  world.onMoment = () => undefined;
  world.away.clear();
}

describe('any plan, any trouble', () => {
  it('ends in a named state, and its way out leads to the goal or to the beginning', async function () {
    this.timeout(300_000);
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(sketches, trouble, async (sketch, given) => {
        const world = new World(sketchPlan(sketch));
        assert.deepEqual(planProblems(world.plan), []);
        disturb(world, given);
        const process = new FakeProcess();
        let moments = 0;
        world.onMoment = (_, who) => {
          if (given.killAt !== undefined && who === process && moments++ === given.killAt) {
            process.kill();
            if (given.losePower) world.journals.get(world.plan.id)?.losePower();
          }
        };
        const running = new Run(world.deps(process));
        const run = running.start(world.plan, { operator: 'ann', acknowledged: {}, recheck });
        if (given.abortAtMs !== undefined) {
          void world.clock.sleep(given.abortAtMs).then(() => running.abort('ann').catch(() => undefined));
        }
        const end = await world.clock.until(
          Promise.race([run, world.clock.sleep(240_000).then(() => undefined)]),
        );
        assert.ok(end ?? process.dead, 'the run neither ended nor died');
        if (end) assertWhole(world, end);
        mend(world);
        const journal = world.lines();
        if (journal.length === 0) return;
        const last = end?.end ?? foldJournal(world.plan.id, journal).end;
        const final =
          last === 'unfinished' || last === 'undo-owed' || last === undefined
            ? (await bringToFinalEnd(world, given.wish)).end
            : last;
        const way = `${last ?? 'crash'} > ${final}`;
        seen[way] = (seen[way] ?? 0) + 1;
      }),
      { numRuns },
    );
    // The property says little where nothing ever goes wrong.
    for (const way of ['done > done', 'undone > undone', 'crash > done', 'crash > undone']) {
      assert.ok((seen[way] ?? 0) > 0, `${way} was never seen: ${JSON.stringify(seen)}`);
    }
  });

  it('a sleeping process that was taken over does nothing more when it wakes', async function () {
    this.timeout(300_000);
    await fc.assert(
      fc.asyncProperty(
        sketches,
        fc.nat(120),
        fc.constantFrom('finish' as const, 'undo' as const),
        fc.constantFrom('during', 'after', 'long after'),
        async (sketch, sleepAt, intent, wakes) => {
          const world = new World(sketchPlan(sketch));
          const sleeper = new FakeProcess();
          let moments = 0;
          world.onMoment = (_, who) => {
            if (who === sleeper && moments++ === sleepAt) sleeper.stop();
          };
          const run = startRun(world, sleeper);
          await world.clock.pass(1_000);
          if (moments <= sleepAt || !world.journals.has(world.plan.id)) {
            sleeper.continue();
            return;
          }
          // It wakes in the midst of the other one's work, or after it.
          if (wakes === 'during') void world.clock.sleep(7_030).then(() => sleeper.continue());
          const taken = await world.clock.until(
            resumeRun(world, intent).catch((error: unknown) => {
              assert.match(String(error), /point of no return|has ended/);
              return resumeRun(world, 'finish').catch(() => undefined);
            }),
          );
          if (!taken) {
            sleeper.continue();
            return;
          }
          assertWhole(world, taken);
          const after = world.effects();
          if (wakes === 'long after') await world.clock.pass(40_000);
          sleeper.continue();
          await world.clock.until(run);
          assert.deepEqual(world.effects(), after, 'the sleeper has changed something');
          assertWhole(world, taken);
        },
      ),
      { numRuns },
    );
  });
});
