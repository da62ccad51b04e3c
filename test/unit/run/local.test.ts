import assert from 'node:assert/strict';
import { OperatorError } from '../../../src/core/errors';
import { type Hooks, NO_HOOKS } from '../../../src/core/operate/hooks';
import { withHooks } from '../../../src/core/operate/hookSteps';
import { planProblems } from '../../../src/core/plan/validate';
import type { LocalCommand } from '../../../src/core/ports';
import { Run } from '../../../src/core/run/executor';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { assertWhole, recheck } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { World } from './world/world';

const before = { name: 'Silence', argv: ['silence'], timeoutMs: 5_000 };
const after = { name: 'Ring', argv: ['ring'], timeoutMs: 5_000 };
const around = {
  ...{ site: 'dc1', operation: 'promote', mode: 'planned', target: 'cc2', plan: 'plan-1' },
  operator: 'ann',
};

type Answer = number | 'no-start' | 'silent';

/** The promotion of the simulated world with hooks, and what each of them answers. */
class HookedWorld {
  readonly world: World;
  readonly called: string[] = [];
  answers: Readonly<Record<string, Answer>> = {};

  constructor(hooks: Partial<Hooks>) {
    this.world = new World(withHooks(sketchPlan(promotionSketch()), { ...NO_HOOKS, ...hooks }, around));
    assert.deepEqual(planProblems(this.world.plan), []);
  }

  run(process = new FakeProcess()): Run {
    return new Run({
      ...this.world.deps(process),
      local: { run: (command) => process.sees(() => this.answer(command)) },
    });
  }

  start(process?: FakeProcess): Promise<RunSnapshot> {
    return this.run(process).start(this.world.plan, { operator: 'ann', acknowledged: {}, recheck });
  }

  private async answer({ argv, onOutput }: LocalCommand) {
    const program = argv[0] ?? '';
    this.called.push(program);
    const answer = this.answers[program] ?? 0;
    onOutput?.(`${program} speaks\n`);
    await this.world.clock.sleep(50);
    if (answer === 'silent') return new Promise<never>(() => undefined);
    if (answer === 'no-start') {
      throw new OperatorError({ code: 'command-failed', what: 'not there.', state: '', next: 'Look.' });
    }
    return { exitCode: answer, stdout: `${program} said\n`, stderr: '', durationMs: 50 };
  }
}

describe("commands of the operator's own", () => {
  it('run before and after, and their output is kept', async () => {
    const hooked = new HookedWorld({ before: [before], after: [after] });
    const end = await hooked.world.clock.until(hooked.start());
    assert.equal(end.end, 'done', end.summary);
    assert.deepEqual(hooked.called, ['silence', 'ring']);
    assert.match(end.steps.find(({ id }) => id === 'hook-after-1')?.output ?? '', /ring said/);
    assertWhole(hooked.world, end);
  });

  for (const answer of [3, 'no-start', 'silent'] as const) {
    it(`one before that fails (${answer}) refuses, with nothing changed on any host`, async () => {
      const hooked = new HookedWorld({ before: [before], after: [after] });
      hooked.answers = { silence: answer };
      const end = await hooked.world.clock.until(hooked.start());
      assert.equal(end.end, 'refused', end.summary);
      assert.match(end.summary, /Silence on this machine failed/);
      assert.deepEqual(hooked.world.sent, []);
      assert.deepEqual(hooked.called, ['silence']);
    });
  }

  it('one after that fails is a warning of a run that is done, and is not tried again', async () => {
    const hooked = new HookedWorld({ after: [after] });
    hooked.answers = { ring: 1 };
    const end = await hooked.world.clock.until(hooked.start());
    assert.equal(end.end, 'done');
    assert.match(end.notes.join(), /Ring on this machine failed/);
    assert.deepEqual(hooked.called, ['ring']);
  });

  it('what was done before is taken back when the operation is undone', async () => {
    const hooked = new HookedWorld({ before: [{ ...before, undo: ['speak'] }] });
    hooked.world.fault = ({ step, role }) => (step === 'wait' && role === 'act' ? 'error' : undefined);
    const end = await hooked.world.clock.until(hooked.start());
    assert.equal(end.end, 'undone', end.summary);
    assert.deepEqual(hooked.called, ['silence', 'speak']);
    assertWhole(hooked.world, end);
  });

  it('one whose end was not seen is not run a second time by a resume', async () => {
    const hooked = new HookedWorld({ before: [before] });
    const process = new FakeProcess();
    hooked.world.clock.sleep(20).then(
      () => process.kill(),
      () => undefined,
    );
    void hooked.start(process);
    await hooked.world.clock.pass(60_000);
    assert.deepEqual(hooked.called, ['silence']);
    const resumed = hooked.run().resume('plan-1', { operator: 'ann', intent: 'finish' });
    const end = await hooked.world.clock.until(resumed);
    assert.match(end.summary, /not run a second time/);
    assert.deepEqual(hooked.called, ['silence']);
    assertWhole(hooked.world, end);
  });

  it('with a verify it is asked instead', async () => {
    const hooked = new HookedWorld({ before: [{ ...before, verify: ['silent?'] }] });
    const process = new FakeProcess();
    hooked.world.clock.sleep(20).then(
      () => process.kill(),
      () => undefined,
    );
    void hooked.start(process);
    await hooked.world.clock.pass(60_000);
    const resumed = hooked.run().resume('plan-1', { operator: 'ann', intent: 'finish' });
    const end = await hooked.world.clock.until(resumed);
    assert.equal(end.end, 'done', end.summary);
    assert.deepEqual(hooked.called, ['silence', 'silent?']);
  });

  it('what it says is seen while it runs', async () => {
    const hooked = new HookedWorld({ before: [before] });
    const run = hooked.run();
    const seen: string[] = [];
    run.onSnapshot(({ steps }) => seen.push(steps[0]?.output ?? ''));
    const end = run.start(hooked.world.plan, { operator: 'ann', acknowledged: {}, recheck });
    await hooked.world.clock.until(end);
    assert.ok(seen.includes('silence speaks\n'), JSON.stringify(seen));
    assert.equal(seen.at(-1), 'silence said\n');
  });

  it('a host is no place for them, and they take nothing from hosts', () => {
    const { plan } = new HookedWorld({ before: [before] }).world;
    const [hook, ...others] = plan.steps;
    assert.ok(hook);
    const steps = [{ ...hook, host: 'cc1' }, ...others];
    assert.match(planProblems({ ...plan, steps }).join(), /run programs of the operator's/);
    const reading = [{ ...hook, act: { ...hook.act, stdin: '{{secret:repl}}' } }, ...others];
    assert.match(planProblems({ ...plan, steps: reading }).join(), /takes no script/);
  });
});
