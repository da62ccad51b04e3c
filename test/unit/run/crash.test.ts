import assert from 'node:assert/strict';
import { parseJournal } from '../../../src/core/run/journalText';
import { assertWhole, bringToFinalEnd, resumeRun, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { World } from './world/world';

/** How many moments (appends, commands) an undisturbed run has. */
async function momentsOf(): Promise<number> {
  const world = new World(sketchPlan(promotionSketch()));
  let moments = 0;
  world.onMoment = () => void moments++;
  await world.clock.until(startRun(world));
  return moments;
}

/** `torn`: half of the line that was being written is in the file. `power`: what was not synced is gone. */
type Loss = 'none' | 'torn' | 'power';

/** A run that dies at its n-th moment. */
async function crashAt(n: number, loss: Loss): Promise<World> {
  const world = new World(sketchPlan(promotionSketch()));
  const process = new FakeProcess();
  let moments = 0;
  world.onMoment = (moment, who) => {
    if (who !== process || moments++ !== n) return;
    process.kill();
    const disk = world.journals.get(world.plan.id);
    if (loss === 'torn' && moment === 'after-append') disk?.tear();
    if (loss === 'power') disk?.losePower();
  };
  void startRun(world, process);
  // What was sent goes its way; nothing of the process moves any more.
  await world.clock.pass(60);
  while (!process.dead) await world.clock.pass(1_000);
  await world.clock.pass(2_000);
  return world;
}

describe('a process that dies', () => {
  it('at any moment leaves a run that can be finished or undone, whole', async function () {
    this.timeout(120_000);
    const moments = await momentsOf();
    assert.ok(moments > 100, `${moments} moments`);
    const ends: Record<string, number> = {};
    for (let n = 0; n < moments; n++) {
      for (const wish of ['finish', 'undo'] as const) {
        for (const loss of ['none', 'torn', 'power'] as const) {
          const world = await crashAt(n, loss);
          const lines = world.lines();
          if (lines.length === 0 || (lines.length === 1 && !lines[0]?.endsWith('}}'))) {
            assert.deepEqual(world.effects(), []);
            continue;
          }
          if (lines.some((line) => /"run-ended"/.test(line) && line.endsWith('}}'))) continue;
          const end = await bringToFinalEnd(world, wish);
          assert.ok(
            parseJournal(world.plan.id, world.lines()).lines.some(
              ({ event }) => event.type === 'run-resumed',
            ),
            'the line after a torn one is lost',
          );
          ends[`${wish} ${end.end}`] = (ends[`${wish} ${end.end}`] ?? 0) + 1;
          if (wish === 'finish') assert.equal(end.end, 'done', `moment ${n}: ${end.summary}`);
        }
      }
    }
    // Undo is asked for on both sides of the point of no return, so that both answers were seen.
    assert.ok((ends['undo undone'] ?? 0) > 50 && (ends['undo done'] ?? 0) > 10, JSON.stringify(ends));
  });

  it('dies again while it resumes, and is resumed again', async function () {
    this.timeout(120_000);
    for (let first = 30; first < (await momentsOf()); first += 7) {
      for (let second = 3; second < 60; second += 5) {
        const world = await crashAt(first, 'none');
        const process = new FakeProcess();
        let moments = 0;
        world.onMoment = (_, who) => {
          if (who === process && moments++ === second) process.kill();
        };
        const resumed = resumeRun(world, first % 2 === 0 ? 'finish' : 'undo', process).then(
          (end) => assertWhole(world, end),
          () => undefined,
        );
        await world.clock.until(Promise.race([resumed, world.clock.sleep(120_000)]));
        world.onMoment = () => undefined;
        const last = world.lines().at(-1) ?? '';
        if (!/"(done|undone)"/.test(last)) await bringToFinalEnd(world, first % 2 === 0 ? 'finish' : 'undo');
      }
    }
  });
});
