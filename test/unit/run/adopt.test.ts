import assert from 'node:assert/strict';
import { isOperatorError } from '../../../src/core/errors';
import { adopt, endElsewhere } from '../../../src/core/operate/adopt';
import { type HostAnswer, operationUnderWay } from '../../../src/core/operate/hostOperations';
import { NO_HOOKS } from '../../../src/core/operate/hooks';
import { withHooks } from '../../../src/core/operate/hookSteps';
import { Run } from '../../../src/core/run/executor';
import { foldJournal, snapshotOf } from '../../../src/core/run/fold';
import type { Book } from '../../../src/core/run/book';
import { JournalDisk } from './world/journalDisk';
import { assertWhole, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { World } from './world/world';
import { HERE, answers, leftAt, bobResumes } from './world/otherMachine';

describe('a run that was begun on another machine', () => {
  for (const step of ['prepass', 'stop', 'close', 'reset']) {
    for (const intent of ['undo', 'finish'] as const) {
      it(`left at ${step}: ${intent}`, async () => {
        const world = await leftAt(step);
        const end = await bobResumes(world, 'outage', intent);
        assert.equal(end.end, intent === 'undo' ? 'undone' : 'done', end.summary);
        assertWhole(world, end);
      });
    }
  }

  it('left after the opening: the host says so, and an undo touches nothing', async () => {
    const world = await leftAt('open');
    const undo = await bobResumes(world, 'outage', 'undo');
    assert.equal(undo.end, 'unfinished');
    assert.ok(world.effects().includes('open') && world.effects().includes('close'));
    const finish = new Run(world.deps()).resume('plan-1', { operator: 'bob', intent: 'finish' });
    const end = await world.clock.until(finish);
    assert.equal(end.end, 'done', end.summary);
    assertWhole(world, end);
  });

  it("the place on the hosts may be behind: an outage is undone also where they say 'prepare'", async () => {
    const world = await leftAt('close');
    const end = await bobResumes(world, 'prepare', 'undo');
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(world, end);
  });

  it('an older journal of another machine does not undo what was finished meanwhile', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const ann = new FakeProcess();
    world.onMoment = (moment, who) => {
      if (moment === 'after-execute' && world.effects().includes('close')) who.kill();
    };
    void startRun(world, ann);
    await world.clock.pass(60_000);
    world.onMoment = () => undefined;
    const hers = world.lines();
    world.journals.clear();
    assert.equal((await bobResumes(world, 'outage', 'finish')).end, 'done');
    const disk = new JournalDisk();
    for (const line of hers) disk.append(line);
    world.journals.set('plan-1', disk);
    const before = world.effects();
    const undo = new Run(world.deps()).resume('plan-1', { operator: 'ann', intent: 'undo' });
    await assert.rejects(
      world.clock.until(undo),
      (error: unknown) => isOperatorError(error) && error.code === 'run-not-resumable',
    );
    assert.deepEqual(world.effects(), before);
    // The hosts tell the end, and her journal is closed by it.
    const deps = world.deps();
    const run = snapshotOf(foldJournal('plan-1', world.lines()));
    await world.clock.until(endElsewhere(deps, [run], answers(world, 'done')));
    const state = foldJournal('plan-1', world.lines());
    assert.equal(state.endedElsewhere, true);
    assert.match(state.summary, /ended elsewhere: done, by ann/);
  });

  it('a journal is closed behind which another operation was begun, and not by a guard that raised the token of an older one', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const ann = new FakeProcess();
    world.onMoment = (moment, who) => {
      if (moment === 'after-execute' && world.effects().includes('close')) who.kill();
    };
    void startRun(world, ann);
    await world.clock.pass(60_000);
    const run = snapshotOf(foldJournal('plan-1', world.lines()));
    const { highestToken } = foldJournal('plan-1', world.lines());
    const told = (sinceMs: number, token: number): HostAnswer[] =>
      answers(world, 'done').map((answer) =>
        answer.known && answer.record !== undefined
          ? { ...answer, token, record: { ...answer.record, plan: 'plan-2', operator: 'bob', sinceMs } }
          : answer,
      );
    const closedBy = async (given: HostAnswer[]): Promise<boolean | undefined> => {
      await world.clock.until(endElsewhere(world.deps(), [run], given));
      return foldJournal('plan-1', world.lines()).endedElsewhere;
    };
    assert.notEqual(await closedBy(told(run.startedAtMs - 1, highestToken + 3)), true, 'an older operation');
    assert.notEqual(await closedBy(told(run.startedAtMs + 1, highestToken)), true, 'its token still counts');
    assert.equal(await closedBy(told(run.startedAtMs + 1, highestToken + 1)), true);
    assert.match(foldJournal('plan-1', world.lines()).summary, /bob has begun plan-2 on this site since/);
  });

  for (const [name, ending] of [
    ['where the host says that it had not been opened', 'undone'],
    ['where the host can not tell', 'unfinished'],
  ] as const) {
    it(`who resumes it writes the book, also ${name}`, async () => {
      const world = await leftAt('close');
      if (ending === 'unfinished')
        world.fault = (label) => (label.step === 'open' && label.role === 'verify' ? 'error' : undefined);
      const found = operationUnderWay(answers(world, 'outage'), 'dc1');
      assert.ok(found);
      const deps = world.deps();
      const books: string[] = [];
      const warned: string[] = [];
      const sessions: typeof deps.sessions = {
        ...deps.sessions,
        get: async (host) => {
          const session = await deps.sessions.get(host);
          return {
            ...session,
            run: async (command) => {
              const result = await session.run(command);
              if (command.script.includes('operation begin'))
                books.push(
                  `${host} ${result.exitCode} ${(JSON.parse(String(command.stdin)) as Book).operator}`,
                );
              return result;
            },
          };
        },
      };
      await world.clock.until(adopt({ ...deps, hooks: NO_HOOKS }, found, HERE));
      const log = { ...deps.log, warn: (text: string) => void warned.push(text) };
      const resumed = new Run({ ...deps, sessions, log }).resume('plan-1', {
        operator: 'bob',
        intent: 'undo',
      });
      const end = await world.clock.until(resumed);
      assert.equal(end.end, ending, end.summary);
      assert.deepEqual(books, ['cc1 0 bob', 'cc2 0 bob']);
      assert.deepEqual(warned, []);
    });
  }

  it("a clock that is behind hides no later operation: its own lease's token says so, on hosts of this run", async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const ann = new FakeProcess();
    world.onMoment = (moment, who) => {
      if (moment === 'after-execute' && world.effects().includes('close')) who.kill();
    };
    void startRun(world, ann);
    await world.clock.pass(60_000);
    const run = snapshotOf(foldJournal('plan-1', world.lines()));
    const token = foldJournal('plan-1', world.lines()).highestToken + 1;
    const told = (host: string, leasePlan: string): HostAnswer => {
      const record = { plan: 'plan-2', operation: 'promote', target: 'cc1', operator: 'bob', place: 'done' };
      const sinceMs = run.startedAtMs - 3_600_000;
      return { host, known: true, token, leasePlan, record: { ...record, sinceMs }, book: '' };
    };
    const closedBy = async (answer: HostAnswer): Promise<boolean> => {
      await world.clock.until(endElsewhere(world.deps(), [run], [answer]));
      return foldJournal('plan-1', world.lines()).endedElsewhere;
    };
    assert.equal(await closedBy(told('cc1', 'guard')), false, "a guard's token");
    assert.equal(await closedBy(told('cc1', 'plan-3')), false, 'the token of a start that was refused');
    assert.equal(await closedBy(told('cc9', 'plan-2')), false, 'a host that this run never raised');
    assert.equal(await closedBy(told('cc1', 'plan-2')), true);
  });

  it('keeps when it was begun: an operation that came in between does not look later', async () => {
    const world = await leftAt('close');
    const found = operationUnderWay(answers(world, 'outage', { startedAtMs: 17 }), 'dc1');
    assert.ok(found);
    const deps = world.deps();
    await world.clock.until(adopt({ ...deps, hooks: NO_HOOKS }, found, HERE));
    world.away.add('cc1');
    for (let round = 0; round < 2; round++) {
      const resumed = new Run(world.deps()).resume('plan-1', { operator: 'bob', intent: 'undo' });
      assert.equal((await world.clock.until(resumed)).end, 'undo-owed');
      await world.clock.pass(60_000);
    }
    const book = JSON.parse(world.host('cc2').book) as Book;
    assert.deepEqual([book.operator, book.startedAtMs], ['bob', 17]);
    assert.equal(world.host('cc2').operation?.sinceMs, 17);
    // Where the second host still has the first machine's book, a third machine can go on.
    const [hers] = answers(world, 'outage', { startedAtMs: 17 });
    const [, his] = answers(world, 'outage', book);
    assert.ok(hers && his);
    assert.equal(operationUnderWay([hers, his], 'dc1')?.record.plan, 'plan-1');
  });

  it("another machine's commands are not run here", async () => {
    const hook = { name: 'Silence', argv: ['silence'], undo: ['rm', '-rf', '/'], timeoutMs: 1_000 };
    const around = { site: 'dc1', operation: 'promote', mode: '', target: '', plan: '', operator: '' };
    const plan = withHooks(sketchPlan(promotionSketch()), { ...NO_HOOKS, before: [hook] }, around);
    const world = new World(plan);
    const found = operationUnderWay(answers(world, 'outage'), 'dc1');
    assert.ok(found);
    const called: unknown[] = [];
    const deps = {
      ...world.deps(),
      local: { run: (command: unknown) => Promise.reject(new Error(String(called.push(command)))) },
    };
    await world.clock.until(adopt({ ...deps, hooks: NO_HOOKS }, found, HERE));
    const resumed = new Run(deps).resume('plan-1', { operator: 'bob', intent: 'undo' });
    const end = await world.clock.until(resumed);
    assert.equal(end.end, 'undone', end.summary);
    assert.match(end.notes.join(), /Silence could not be taken back: .*another machine/);
    assert.deepEqual(called, []);
  });
});
