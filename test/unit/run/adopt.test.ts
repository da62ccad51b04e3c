import assert from 'node:assert/strict';
import { isOperatorError } from '../../../src/core/errors';
import { adopt, endElsewhere } from '../../../src/core/operate/adopt';
import { type HostAnswer, operationUnderWay } from '../../../src/core/operate/hostOperations';
import { NO_HOOKS } from '../../../src/core/operate/hooks';
import { withHooks } from '../../../src/core/operate/hookSteps';
import type { Plan } from '../../../src/core/plan/plan';
import { Run } from '../../../src/core/run/executor';
import { foldJournal, snapshotOf } from '../../../src/core/run/fold';
import type { Book } from '../../../src/core/run/book';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { JournalDisk } from './world/journalDisk';
import { assertWhole, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { World } from './world/world';

const HERE = { vip: '10.0.0.1', hosts: { cc1: '10.0.0.11', cc2: '10.0.0.12' } };

/** What the hosts would tell: the record and the book as they were written there. */
function answers(world: World, place: string, change: Partial<Book> = {}): HostAnswer[] {
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
async function leftAt(step: string, plan?: Plan): Promise<World> {
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
async function bobResumes(world: World, place: string, intent: 'finish' | 'undo'): Promise<RunSnapshot> {
  const found = operationUnderWay(answers(world, place), 'dc1');
  assert.ok(found);
  const deps = world.deps();
  const runId = await world.clock.until(adopt({ ...deps, hooks: NO_HOOKS }, found, HERE));
  return world.clock.until(new Run(deps).resume(runId, { operator: 'bob', intent }));
}

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

describe('the site of a run', () => {
  const elsewhere = { vip: '10.9.0.1', hosts: { cc1: '10.9.0.11', cc2: '10.9.0.12' } };
  const begunAt = (siteAddresses: typeof HERE): World =>
    new World({ ...sketchPlan(promotionSketch()), siteAddresses });
  const takenBy = (world: World, addresses: typeof HERE): Promise<string> => {
    const found = operationUnderWay(answers(world, 'outage'), 'dc1');
    assert.ok(found);
    return world.clock.until(adopt({ ...world.deps(), hooks: NO_HOOKS }, found, addresses));
  };
  const undoAt = (world: World, siteAddresses: typeof HERE): Promise<RunSnapshot> =>
    world.clock.until(
      new Run({ ...world.deps(), siteAddresses }).resume('plan-1', { operator: 'bob', intent: 'undo' }),
    );

  it('another site of its name does not go on with it: no host is asked, nothing is written', async () => {
    const world = await leftAt('close', { ...sketchPlan(promotionSketch()), siteAddresses: HERE });
    await takenBy(world, HERE);
    const [effects, lines] = [world.effects(), world.lines()];
    await assert.rejects(undoAt(world, elsewhere), (error: unknown) => {
      assert.ok(isOperatorError(error) && error.code === 'run-not-resumable');
      assert.match(
        error.message,
        /a site dc1 with other hosts: virtual IP 10\.0\.0\.1, cc1 10\.0\.0\.11, .*here says virtual IP 10\.9\.0\.1/,
      );
      assert.match(error.next, /workspace.*--from-hosts/);
      return true;
    });
    assert.deepEqual([world.effects(), world.lines()], [effects, lines]);
    assert.equal((await undoAt(world, HERE)).end, 'undone');
  });

  it('is the one whose hosts told of it, also where this machine has its journal from before the change', async () => {
    const world = await leftAt('close', { ...sketchPlan(promotionSketch()), siteAddresses: HERE });
    await takenBy(world, HERE);
    await takenBy(world, elsewhere);
    assert.deepEqual(foldJournal('plan-1', world.lines()).plan.siteAddresses, elsewhere);
    assert.equal((await undoAt(world, elsewhere)).end, 'undone');
  });

  it('hosts that have exchanged their addresses since are not taken for each other', async () => {
    const exchanged = { ...HERE, hosts: { cc1: '10.0.0.12', cc2: '10.0.0.11' } };
    const world = begunAt(HERE);
    await assert.rejects(takenBy(world, exchanged), /calls cc1 \(10\.0\.0\.11\) is cc2 in the inventory now/);
    assert.equal(world.journals.size, 0);
  });

  it('the addresses of who resumed are no difference between two books', () => {
    const world = begunAt(HERE);
    const [one] = answers(world, 'outage');
    const [, two] = answers(world, 'outage', { plan: { ...world.plan, siteAddresses: elsewhere } });
    assert.ok(one && two);
    assert.equal(operationUnderWay([one, two], 'dc1')?.book.plan.id, 'plan-1');
  });
});

describe('what hosts tell of operations', () => {
  const world = new World(sketchPlan(promotionSketch()));

  it('an end that one host knows holds for all', () => {
    const [one, two] = [answers(world, 'outage')[0], answers(world, 'undone')[1]];
    assert.ok(one && two);
    assert.equal(operationUnderWay([one, two], 'dc1'), undefined);
    assert.notEqual(operationUnderWay([one], 'dc1'), undefined);
  });

  it('two different plans of one name are refused: somebody has changed one', () => {
    const [one] = answers(world, 'outage');
    const [, two] = answers(world, 'outage', { plan: { ...world.plan, title: 'Another' } });
    assert.ok(one && two);
    assert.throws(() => operationUnderWay([one, two], 'dc1'), /different plans/);
  });

  it('who resumed is no difference, nor when', () => {
    const [one] = answers(world, 'outage');
    const [, two] = answers(world, 'outage', { operator: 'bob', startedAtMs: 61_000 });
    assert.ok(one && two);
    assert.equal(operationUnderWay([one, two], 'dc1')?.book.plan.id, 'plan-1');
  });

  it('a plan of a newer format, and none at all, say where to resume', () => {
    const broken = answers(world, 'outage', { format: 2 as 1 });
    assert.throws(() => operationUnderWay(broken, 'dc1'), /does not read/);
    const none = answers(world, 'outage').map((one) => ({ ...one, book: '' }));
    assert.throws(() => operationUnderWay(none, 'dc1'), /No host holds the plan/);
    assert.throws(() => operationUnderWay(answers(world, 'outage'), 'dc2'), /of dc2 and hold plan-1 of dc1/);
    assert.equal(operationUnderWay([{ host: 'cc1', known: false, reason: 'away' }], 'dc1'), undefined);
  });
});
