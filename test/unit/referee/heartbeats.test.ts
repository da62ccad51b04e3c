import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeartbeatTail } from '../../lab/referee/watch/heartbeats';

describe('referee: the log of heartbeats', () => {
  const boot = { pid: process.pid, net: '' };
  let folder = '';
  let log = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'heartbeats-'));
    log = join(folder, 'log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const line = (id: number): string => `${id} cc1 2000 1000 beat\n`;
  const seen = (tail: HeartbeatTail): string => tail.acknowledged().toString();

  it('is read from the beginning of the watch on, line by line', () => {
    writeFileSync(log, line(1));
    const tail = new HeartbeatTail('cc1', log);
    tail.read(boot);
    appendFileSync(log, `${line(2)}3 cc1`);
    tail.read(boot);
    assert.equal(seen(tail), '2');
    appendFileSync(log, ' 2000 1000 beat\n');
    tail.read(boot);
    assert.equal(seen(tail), '2-3');
  });

  it('a power cut takes its end: half a line finds no other half, and what is older is not read again', () => {
    writeFileSync(log, line(2));
    const tail = new HeartbeatTail('cc1', log);
    tail.read(boot);
    appendFileSync(log, `${line(6104)}6105`);
    tail.read(boot);
    truncateSync(log, line(2).length);
    tail.read(boot);
    appendFileSync(log, line(6106));
    tail.read(boot);
    assert.equal(seen(tail), '6104, 6106');
  });
});
