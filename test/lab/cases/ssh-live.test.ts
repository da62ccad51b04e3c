import assert from 'node:assert/strict';
import { systemClock } from '../../../src/adapters/clock';
import { Lab } from '../lab';
import { connectSite } from './observe-site';

describe('output of a command that runs', () => {
  const lab = Lab.current();

  it('is told line by line over ssh, long before the end', async () => {
    const connections = await connectSite(lab);
    const session = await connections.sessions.get('cc1');
    const told: { readonly text: string; readonly atMs: number }[] = [];
    const result = await session.run({
      script: 'echo first; echo second >&2; sleep 1; printf "thi"; printf "rd\\n"',
      timeoutMs: 10_000,
      privileged: true,
      onOutput: (text) => told.push({ text, atMs: systemClock.monotonicMs() }),
    });
    const endedAtMs = systemClock.monotonicMs();
    await connections.close();
    assert.equal(result.stdout, 'first\nthird\n');
    const first = told.find(({ text }) => text.includes('first'));
    assert.ok(first && endedAtMs - first.atMs > 800, JSON.stringify(told));
    assert.ok(told.some(({ text }) => text.includes('second')));
    assert.equal(
      told
        .map(({ text }) => text)
        .join('')
        .includes('thi\n'),
      false,
      'whole lines only',
    );
  });
});
