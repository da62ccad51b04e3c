import assert from 'node:assert/strict';
import { LiveOutput } from '../../../src/core/run/liveOutput';

describe('output of a script that runs', () => {
  const redact = (text: string): string => text.replaceAll('s3cret', '{{secret:repl}}');

  it('shows no value that is handed on, and no secret, also one that came in two pieces', () => {
    const live = new LiveOutput(redact, () => undefined);
    live.add('one', '@final_gtid=1-5\nsyncing\nwith s3');
    live.add('one', 'cret\n');
    assert.equal(live.of('one'), 'syncing\nwith {{secret:repl}}\n');
    assert.equal(live.of('another'), '');
  });

  it('keeps the end of a flood, and tells that it changed', () => {
    let changes = 0;
    const live = new LiveOutput(redact, () => changes++);
    for (let line = 0; line < 3_000; line++) live.add('one', `line ${line}\n`);
    const shown = live.of('one');
    assert.ok(shown.length < 4_010 && shown.endsWith('line 2999\n'));
    assert.equal(changes, 3_000);
    assert.equal(live.end('one'), shown);
    assert.equal(live.of('one'), '');
  });
});
