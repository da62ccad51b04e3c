import assert from 'node:assert/strict';
import { effectOf, ifThisDies } from '../../../src/core/run/outlook';
import { Run } from '../../../src/core/run/executor';
import { foldJournal } from '../../../src/core/run/fold';
import { recheck } from './world/outcome';
import { promotionSketch, sketchPlan, sketchStep } from './world/plans';
import { World } from './world/world';

describe('if the window dies', () => {
  /** The last word before the point of no return. */
  async function lastWord(world: World): Promise<string> {
    const run = new Run(world.deps());
    const words: string[] = [];
    run.onSnapshot(({ ifThisDies, pastPointOfNoReturn }) => {
      if (!pastPointOfNoReturn && ifThisDies !== '') words.push(ifThisDies);
    });
    await world.clock.until(run.start(world.plan, { operator: 'ann', acknowledged: {}, recheck }));
    return [...new Set(words)].join('\n');
  }
  const steps = [
    { id: 'receive', phase: 'prepare', takeMs: 100 },
    { id: 'open', phase: 'open', needs: ['receive'], host: 'cc2' },
  ] as const;

  it('of a planned promotion users would notice nothing before the outage', async () => {
    assert.match(await lastWord(new World(sketchPlan(steps))), /Users would notice nothing/);
  });

  it('of a failover they stay cut off, from its first step to its last', async () => {
    const world = new World(sketchPlan(steps, { outageBegan: 'with the death of cc1' }));
    const told = await lastWord(world);
    assert.doesNotMatch(told, /notice nothing/);
    const before = ifThisDies(foldJournal(world.plan.id, world.lines().slice(0, 1)));
    assert.equal(
      before,
      'Nothing has been changed yet, and nothing would be. Users stay cut off, as they are.',
    );
    assert.match(told, /Users stay cut off until somebody resumes: they have no service before cc2 is open/);
  });
});

describe('what would be undone', () => {
  const step = sketchStep({ id: 'close', phase: 'outage', host: 'cc1' });
  const effect = (text: string): string =>
    effectOf({ ...step, ...(step.undo ? { undo: { ...step.undo, effect: text } } : {}) });

  it('names the host once', () => {
    assert.equal(effect('MySQL on cc1 accepts writes again'), 'MySQL on cc1 accepts writes again');
    assert.equal(effect('lsyncd runs again'), 'cc1: lsyncd runs again');
    assert.equal(effect('cc10 is told'), 'cc1: cc10 is told');
  });

  it('after an abort the run says who asked, until it undoes; and nothing is to be mended', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const run = new Run(world.deps());
    const ending = run.start(world.plan, { operator: 'ann', acknowledged: {}, recheck });
    await world.clock.until(world.clock.sleep(30));
    await world.clock.until(run.abort('bob'));
    const { stoppingFor, state } = run.snapshot() ?? {};
    assert.deepEqual([stoppingFor, state], ['bob', 'running']);
    const end = await world.clock.until(ending);
    assert.equal(end.stoppingFor, undefined);
    assert.equal(end.end, 'undone', end.summary);
    assert.doesNotMatch(end.next, /Mend/);
  });
});
