import assert from 'node:assert/strict';
import { isOperatorError } from '../../../../src/core/errors';
import { Run } from '../../../../src/core/run/executor';
import type { RunSnapshot } from '../../../../src/core/run/snapshot';
import type { FakeProcess } from './process';
import type { World } from './world';

export const recheck = () => Promise.resolve({ digest: 'd1', difference: [] });

export function startRun(world: World, process?: FakeProcess): Promise<RunSnapshot> {
  return new Run(world.deps(process)).start(world.plan, { operator: 'ann', acknowledged: {}, recheck });
}

export function resumeRun(
  world: World,
  intent: 'finish' | 'undo',
  process?: FakeProcess,
  takeOver = false,
): Promise<RunSnapshot> {
  return new Run(world.deps(process)).resume(world.plan.id, { operator: 'ann', intent, takeOver });
}

/** Steps with an effect, without those that may fail. */
function mustStand(world: World): string[] {
  return world.plan.steps.filter((step) => step.verify && !step.optional).map((step) => step.id);
}

/** The site is exactly as its named end says, and nothing happened on the way that must not. */
export function assertWhole(world: World, end: RunSnapshot): void {
  assert.deepEqual(world.violations, [], `${end.end}: ${end.summary}`);
  const text = world.journalText();
  for (const secret of world.secrets.values()) {
    assert.equal(text.includes(secret) || text.includes('s3cr3t'), false, 'a secret is in the journal');
  }
  const effects = world.effects();
  if (end.end === 'done') {
    assert.deepEqual(
      mustStand(world).filter((id) => !effects.includes(id)),
      [],
      end.summary,
    );
  } else if (end.end === 'undone' || end.end === 'refused') {
    assert.deepEqual(effects, [], end.summary);
  } else if (end.end === 'undo-owed') {
    assert.equal(effects.includes(world.plan.pointOfNoReturn), false, end.summary);
    assert.notEqual(end.next, '');
  } else {
    assert.notEqual(end.next, '', 'an unfinished run names its next step');
  }
}

/**
 * Takes the way out that the product names, until the run has a final end. The world must have been mended.
 * Undo is refused past the point of no return; then finishing is the way.
 */
export async function bringToFinalEnd(world: World, wish: 'finish' | 'undo'): Promise<RunSnapshot> {
  let intent = wish;
  for (let round = 0; round < 4; round++) {
    try {
      const end = await world.clock.until(resumeRun(world, intent));
      assertWhole(world, end);
      if (end.end === 'done' || end.end === 'undone') return end;
      if (end.end === 'unfinished') intent = 'finish';
    } catch (error) {
      if (!isOperatorError(error) || error.code !== 'run-not-resumable' || intent === 'finish') throw error;
      intent = 'finish';
    }
  }
  throw new Error('no final end after four resumes');
}
