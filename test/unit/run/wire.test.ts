import assert from 'node:assert/strict';
import type { HostCommand, HostSession } from '../../../src/core/ports';
import { Wire } from '../../../src/core/run/wire';
import { VirtualClock } from './world/virtualClock';

const command: HostCommand = { script: 'true', timeoutMs: 1_000, privileged: true };

function wireTo(clock: VirtualClock, get: () => Promise<HostSession>): Wire {
  return new Wire({ get, close: () => Promise.resolve() }, clock);
}

function session(run: HostSession['run']): HostSession {
  return { host: 'cc1', run, writeFile: () => Promise.resolve(), close: () => Promise.resolve() };
}

describe('wire', () => {
  it('sends nothing for a caller whose time was over before the host was reached', async () => {
    const clock = new VirtualClock();
    let ran = 0;
    const reached = session(() => {
      ran++;
      return Promise.resolve({ exitCode: 0, stdout: '', stderr: '', durationMs: 0 });
    });
    const wire = wireTo(clock, async () => {
      await clock.sleep(10_000);
      return reached;
    });
    const reply = await clock.until(wire.send('cc1', command));
    assert.ok(!reply.answered && !reply.sent);
    assert.equal(reply.error.code, 'command-timeout');
    await clock.pass(20_000);
    assert.equal(ran, 0, 'it was sent after all');
  });

  it('what may no longer be sent when the host is reached is not called a silence', async () => {
    const clock = new VirtualClock();
    let ran = 0;
    const wire = wireTo(clock, () =>
      Promise.resolve(session(() => Promise.reject(new Error(String(++ran))))),
    );
    const reply = await clock.until(wire.send('cc1', command, () => false));
    assert.ok(!reply.answered && !reply.sent);
    assert.match(reply.error.message, /^Nothing was sent to cc1/);
    assert.equal(ran, 0);
  });

  it('tells a command that was sent from one that never was', async () => {
    const clock = new VirtualClock();
    const broken = wireTo(clock, () => Promise.reject(new Error('no route')));
    const cut = wireTo(clock, () => Promise.resolve(session(() => Promise.reject(new Error('reset')))));
    const mute = wireTo(clock, () => Promise.resolve(session(() => new Promise(() => undefined))));
    const sent = await Promise.all(
      [broken, cut, mute].map(async (wire) => {
        const reply = await clock.until(wire.send('cc1', command));
        return !reply.answered && reply.sent;
      }),
    );
    assert.deepEqual(sent, [false, true, true]);
  });
});
