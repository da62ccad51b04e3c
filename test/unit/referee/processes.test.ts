import assert from 'node:assert/strict';
import {
  lsyncdOffTheWriter,
  moreThanOne,
  ProcessLives,
  type WatchedProcess,
} from '../../lab/referee/judge/processes';
import { Writability } from '../../lab/referee/judge/writability';

type Seen = readonly [host: string, startMs: number, name: WatchedProcess, ...pids: number[]];

function livesOf(...scans: readonly Seen[]): ProcessLives {
  const lives = new ProcessLives();
  for (const [host, startMs, name, ...pids] of scans) {
    const processes = pids.map((pid) => ({ name, pid, startTicks: 7 }));
    lives.add({ host, startMs, endMs: startMs + 1, processes });
  }
  return lives;
}

function writableFrom(host: string, fromMs: number, toMs: number): ReturnType<Writability['spans']> {
  const writability = new Writability(100);
  for (let startMs = fromMs; startMs < toMs; startMs += 5) {
    writability.add({ host, probe: 'ordinary', startMs, endMs: startMs + 1, outcome: 'open' });
  }
  return writability.spans();
}

describe('referee: I3, two running cmon', () => {
  it('names both hosts', () => {
    const lives = livesOf(['cc1', 0, 'cmon', 10], ['cc2', 2, 'cmon', 20], ['cc1', 20, 'cmon', 10]);
    const [violation] = moreThanOne('I3', lives.of('cmon'));
    assert.deepEqual(violation?.hosts, ['cc1', 'cc2']);
    assert.match(violation?.evidence.join('\n') ?? '', /cmon with pid 20 seen on cc2/);
  });

  it('two on one host count as well', () => {
    const lives = livesOf(['cc1', 0, 'cmon', 10, 11], ['cc1', 20, 'cmon', 10, 11]);
    assert.deepEqual(moreThanOne('I3', lives.of('cmon'))[0]?.hosts, ['cc1']);
  });

  it('a restart is two lives one after the other', () => {
    const lives = livesOf(
      ['cc1', 0, 'cmon', 10],
      ['cc1', 20, 'cmon', 10],
      ['cc1', 40, 'cmon', 30],
      ['cc1', 60, 'cmon', 30],
    );
    assert.deepEqual(moreThanOne('I3', lives.of('cmon')), []);
  });

  it('a pid that was given out again is another process', () => {
    const lives = new ProcessLives();
    for (const [startMs, startTicks] of [
      [0, 7],
      [20, 7],
      [40, 9],
      [60, 9],
    ] as const) {
      lives.add({
        host: 'cc1',
        startMs,
        endMs: startMs + 1,
        processes: [{ name: 'cmon', pid: 10, startTicks }],
      });
    }
    assert.equal(lives.of('cmon').length, 2);
    assert.deepEqual(moreThanOne('I3', lives.of('cmon')), []);
  });
});

describe('referee: I4, lsyncd off the writer', () => {
  const onStandby = livesOf(['cc2', 0, 'lsyncd', 10], ['cc2', 50, 'lsyncd', 10]).of('lsyncd');

  it('names the host on which it ran', () => {
    const found = lsyncdOffTheWriter(onStandby, writableFrom('cc1', 0, 100));
    assert.deepEqual(found[0]?.hosts, ['cc2']);
  });

  it('has nothing against lsyncd on the writer, or while there is none', () => {
    assert.deepEqual(lsyncdOffTheWriter(onStandby, writableFrom('cc2', 0, 100)), []);
    assert.deepEqual(lsyncdOffTheWriter(onStandby, writableFrom('cc1', 60, 100)), []);
    assert.deepEqual(lsyncdOffTheWriter(onStandby, []), []);
  });

  it('leaves two writers to I1', () => {
    const both = [...writableFrom('cc1', 0, 100), ...writableFrom('cc2', 0, 100)];
    assert.deepEqual(lsyncdOffTheWriter(onStandby, both), []);
  });
});
