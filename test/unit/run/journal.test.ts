import assert from 'node:assert/strict';
import { isOperatorError } from '../../../src/core/errors';
import type { JournalLine, RunEvent } from '../../../src/core/run/events';
import { foldJournal, snapshotOf } from '../../../src/core/run/fold';
import { JournalWriter } from '../../../src/core/run/journal';
import { parseJournal } from '../../../src/core/run/journalText';
import { outageSpans } from '../../../src/core/run/outages';
import { runReport } from '../../../src/core/run/report';
import { assertWhole, bringToFinalEnd, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { VirtualClock } from './world/virtualClock';
import { World } from './world/world';

const plan = sketchPlan(promotionSketch());

function lines(...events: readonly (RunEvent | readonly [number, RunEvent])[]): string[] {
  const holder = 'ann/p1';
  const created: RunEvent = { type: 'run-created', plan, operator: 'ann', acknowledged: {}, holder };
  return [created, ...events].map((entry, index) => {
    const [writer, event] = 'type' in entry ? [0, entry] : entry;
    const line: JournalLine = { format: 1, n: index + 1, writer, atMs: index, event };
    return JSON.stringify(line);
  });
}

const note = (text: string): RunEvent => ({ type: 'note', text });
const resumed: RunEvent = { type: 'run-resumed', operator: 'bob', intent: 'undo' };

function refused(texts: readonly string[]): void {
  assert.throws(
    () => parseJournal('r', texts),
    (error: unknown) => isOperatorError(error) && error.code === 'format-unknown' && error.next !== '',
  );
}

describe('journal text', () => {
  it('tolerates a torn last line, and says so', () => {
    const texts = [...lines(note('a')), '{"format":1,"n":3,"wri'];
    assert.deepEqual([parseJournal('r', texts).lines.length, parseJournal('r', texts).torn], [2, true]);
  });

  it('tolerates it where a later process went on', () => {
    const whole = lines(note('a'), [1, resumed], [1, note('b')]);
    const texts = [...whole.slice(0, 2), '{"form', '', ...whole.slice(2)];
    assert.deepEqual([parseJournal('r', texts).lines.length, parseJournal('r', texts).torn], [4, false]);
  });

  it('refuses damage in the midst, a newer format, a journal without its plan', () => {
    const whole = lines(note('a'), note('b'));
    refused([...whole.slice(0, 1), '{"form', ...whole.slice(2)]);
    refused([...whole, whole[1]?.replace('"format":1', '"format":2') ?? '']);
    refused(whole.slice(1));
    refused([]);
    refused(
      whole.map((line) =>
        line.replace('"type":"run-created","plan":{"format":1', '"type":"run-created","plan":{"format":2'),
      ),
    );
  });

  it('skips what an overtaken process still wrote', () => {
    const texts = lines(note('a'), [1, resumed], note('from the sleeper'), [1, note('b')]);
    assert.deepEqual(foldJournal('r', texts).notes, ['a', 'b']);
  });
});

describe('journal writer', () => {
  it('keeps the order, waits for the disk only where an intent needs it, and reports the first failure', async () => {
    const asked: [string, boolean][] = [];
    let full = false;
    const store = {
      append: (_: string, line: string, sync: boolean) => {
        if (full) return Promise.reject(new Error('ENOSPC'));
        const { event } = JSON.parse(line) as JournalLine;
        asked.push([event.type === 'note' ? event.text : event.type, sync]);
        return Promise.resolve();
      },
      read: () => Promise.resolve([]),
      list: () => Promise.resolve([]),
    };
    const failures: string[] = [];
    const seen: number[] = [];
    const writer = new JournalWriter(
      store,
      new VirtualClock(),
      'r',
      0,
      5,
      (line) => seen.push(line.n),
      (error) => failures.push(error.message),
    );
    writer.record(note('one'));
    writer.record(note('two'), true);
    await writer.intend(note('three'));
    assert.deepEqual(asked, [
      ['one', false],
      ['two', true],
      ['three', true],
    ]);
    full = true;
    writer.record(note('four'));
    await assert.rejects(writer.intend(note('five')), /ENOSPC/);
    assert.deepEqual(failures, ['ENOSPC']);
    assert.deepEqual(seen, [6, 7, 8, 9, 10], 'what could not be kept is still shown');
  });

  for (const [name, needle, end] of [
    ['in preparation', '"step-started","step":"prepass"', 'undone'],
    ['before the outage', '"phase-intended","steps":["stop"', 'undone'],
    ['before the opening', '"phase-intended","steps":["open"]', 'undone'],
    ['after the opening', '"step-done","step":"open"', 'done'],
  ] as const) {
    it(`a disk that is full ${name}: ${end}`, async () => {
      const world = new World(sketchPlan(promotionSketch()));
      const deps = world.deps();
      let full = false;
      const journal = {
        ...deps.journal,
        append: (run: string, line: string, sync: boolean) => {
          full ||= line.includes(needle);
          return full ? Promise.reject(new Error('ENOSPC')) : deps.journal.append(run, line, sync);
        },
      };
      world.deps = () => ({ ...deps, journal });
      const result = await world.clock.until(startRun(world));
      assert.equal(result.end, end, result.summary);
      assertWhole(world, result);
    });
  }
});

describe('the fold', () => {
  it('of a finished journal is what the process itself has shown', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const shown = await world.clock.until(startRun(world));
    assert.deepEqual(snapshotOf(foldJournal(world.plan.id, world.lines())), shown);
  });

  it('says at every moment what would be undone and what dying would leave', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    await world.clock.until(startRun(world));
    const texts = world.lines();
    const story: string[] = [];
    for (let n = 1; n < texts.length; n++) {
      const { ifThisDies, abortWouldUndo } = snapshotOf(foldJournal(world.plan.id, texts.slice(0, n)));
      assert.notEqual(ifThisDies, '', `line ${n}`);
      const kind =
        /^(Nothing has|Users would|The outage|Whether|"Do open")/.exec(ifThisDies)?.[0] ?? ifThisDies;
      if (story.at(-1) !== kind) story.push(kind);
      if (kind === 'The outage') assert.ok(abortWouldUndo.length > 2);
      if (kind === 'Whether' || kind === '"Do open"') assert.deepEqual(abortWouldUndo, []);
    }
    assert.deepEqual(story, ['Nothing has', 'Users would', 'The outage', 'Whether', '"Do open"']);
  });

  it('lists what Abort would undo in the order in which it would', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const process = new FakeProcess();
    world.onMoment = (_, who) => {
      if (world.executed('reset', 'act').length > 0 && world.executed('vip', 'act').length > 0) who.kill();
    };
    void startRun(world, process);
    await world.clock.pass(40_000);
    const state = foldJournal(world.plan.id, world.lines());
    const undo = snapshotOf(state).abortWouldUndo.map((line) => line.split(' ')[1]);
    world.onMoment = () => undefined;
    await bringToFinalEnd(world, 'undo');
    assert.deepEqual([...undo].sort(), [
      'close',
      'eligible',
      'files',
      'prepass',
      'reset',
      'stop',
      'vip',
      'wait',
    ]);
    for (const [later, earlier] of [
      ['reset', 'wait'],
      ['wait', 'close'],
      ['close', 'stop'],
      ['stop', 'eligible'],
    ] as const) {
      assert.ok(undo.indexOf(later) < undo.indexOf(earlier), `${later} before ${earlier} in ${undo.join()}`);
      const at = (id: string): number => world.executed(id, 'undo')[0]?.atMs ?? NaN;
      assert.ok(at(later) < at(earlier), `${later} was undone before ${earlier}`);
    }
  });
});

describe('the report', () => {
  it('tells who, when, what was measured and what was seen', async () => {
    const reasons = { lag: 'known | accepted' };
    const check = {
      id: 'lag',
      title: 'Lag',
      level: 'acknowledge',
      outcome: 'fired',
      evidence: ['30 s'],
      remedy: '',
    } as const;
    const world = new World(sketchPlan(promotionSketch(), { checks: [check] }));
    const { Run } = await import('../../../src/core/run/executor');
    const recheck = () => Promise.resolve({ digest: 'd1', difference: [] });
    await world.clock.until(
      new Run(world.deps()).start(world.plan, { operator: 'ann', acknowledged: reasons, recheck }),
    );
    const state = foldJournal(world.plan.id, world.lines());
    const text = runReport(state);
    assert.match(text, /^# Promote cc2\n/);
    assert.match(text, /\| Operator \| ann \|/);
    assert.match(text, /Lag \(lag\): known \| accepted/);
    assert.match(text, /\| final_gtid \| value-of-close \|/);
    assert.match(text, /\| cc1 \| Do stop \| 31 ms \| 10 ms \| done \|/);
    const [writes, whole] = outageSpans(state);
    // stop 30, vip 40, open 5, one latency each and the intent's 2 on disk; then cmon 40.
    assert.equal((writes?.endedAtMs ?? 0) - (writes?.startedAtMs ?? 0), 31 + 41 + 8);
    assert.equal((whole?.endedAtMs ?? 0) - (whole?.startedAtMs ?? 0), 31 + 41 + 8 + 41);
    assert.match(text, /\| Writes \| 80 ms \|/);
  });
});
