import assert from 'node:assert/strict';
import { adopt } from '../../../../src/core/operate/adopt';
import { type HostAnswer, operationUnderWay } from '../../../../src/core/operate/hostOperations';
import { NO_HOOKS } from '../../../../src/core/operate/hooks';
import type { Plan } from '../../../../src/core/plan/plan';
import { Run } from '../../../../src/core/run/executor';
import type { Book } from '../../../../src/core/run/book';
import type { RunSnapshot } from '../../../../src/core/run/snapshot';
import { startRun } from './outcome';
import { promotionSketch, sketchPlan } from './plans';
import { FakeProcess } from './process';
import { World } from './world';

/** Addresses of the site on whose hosts a run was begun. */
export const HERE = { vip: '10.0.0.1', hosts: { cc1: '10.0.0.11', cc2: '10.0.0.12' } };

/** What the hosts would tell: the record and the book as they were written there. */
export function answers(world: World, place: string, change: Partial<Book> = {}): HostAnswer[] {
  const book: Book = {
    ...{ format: 1, plan: world.plan, operator: 'ann', acknowledged: {}, startedAtMs: 0 },
    ...change,
  };
  return ['cc1', 'cc2'].map((host) => ({
    ...{ host, known: true, token: world.host(host).lease?.token ?? 0, book: JSON.stringify(book) },
    record: {
      ...{ plan: world.plan.id, operation: 'promote', target: 'cc2', operator: 'ann', sinceMs: 0 },
      place,
    },
  }));
}

/** Ann's process dies when a step's act is executed; her journal stays with her. */
export async function leftAt(step: string, plan?: Plan): Promise<World> {
  const world = new World(plan ?? sketchPlan(promotionSketch()));
  const ann = new FakeProcess();
  world.onMoment = (moment, who) => {
    if (moment === 'after-execute' && world.effects().includes(step)) who.kill();
  };
  void startRun(world, ann);
  await world.clock.pass(60_000);
  world.onMoment = () => undefined;
  assert.ok(ann.dead, `${step} was never reached`);
  world.journals.clear();
  return world;
}

/** Bob's machine has no journal of it. */
export async function bobResumes(
  world: World,
  place: string,
  intent: 'finish' | 'undo',
): Promise<RunSnapshot> {
  const found = operationUnderWay(answers(world, place), 'dc1');
  assert.ok(found);
  const deps = world.deps();
  const runId = await world.clock.until(adopt({ ...deps, hooks: NO_HOOKS }, found, HERE));
  return world.clock.until(new Run(deps).resume(runId, { operator: 'bob', intent }));
}
