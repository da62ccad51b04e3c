import assert from 'node:assert/strict';
import { OperatorError } from '../../../src/core/errors';
import { Messenger } from '../../../src/shared/messenger';
import type { Answer } from '../../../src/shared/protocol';

interface Wish {
  readonly type: string;
}

/** Two ends of one line; what the far end is told and asked goes to `handle`. */
function line(handle: (wish: Wish) => Promise<Answer> | Answer): Messenger<Wish, Wish> {
  const near: Messenger<Wish, Wish> = new Messenger(
    (message) => void far.receive(structuredClone(message)),
    () => ({ type: 'accepted' }),
  );
  const far: Messenger<Wish, Wish> = new Messenger(
    (message) => void near.receive(structuredClone(message)),
    handle,
  );
  return near;
}

describe('the line between host and page', () => {
  it('brings each answer to the one who asked, whatever their order', async () => {
    const release: (() => void)[] = [];
    const near = line(async ({ type }) => {
      await new Promise<void>((resolve) => release.push(resolve));
      return { type: 'refused', reason: type, next: '' };
    });
    const answers = [near.ask({ type: 'first' }), near.ask({ type: 'second' })];
    release[1]?.();
    release[0]?.();
    const reasons = (await Promise.all(answers)).map((answer) => answer.type === 'refused' && answer.reason);
    assert.deepEqual(reasons, ['first', 'second']);
  });

  it('turns what a handler throws into a refusal with state and next step', async () => {
    const near = line(() => {
      throw new OperatorError({
        code: 'host-unreachable',
        what: 'cc1 does not answer.',
        state: 'Nothing was changed.',
        next: 'Look at its cable.',
      });
    });
    assert.deepEqual(await near.ask({ type: 'abort' }), {
      type: 'refused',
      reason: 'cc1 does not answer. Nothing was changed.',
      next: 'Look at its cable.',
    });
  });

  it('refuses with the text of whatever else is thrown', async () => {
    const near = line(() => Promise.reject(new TypeError('x is not a function')));
    assert.deepEqual(await near.ask({ type: 'confirm' }), {
      type: 'refused',
      reason: 'x is not a function',
      next: '',
    });
  });

  it('tells whoever still waits when the other side is gone', async () => {
    const near = line(() => new Promise<Answer>(() => undefined));
    const waiting = near.ask({ type: 'confirm' });
    near.close('The window was closed.', 'Open it again.');
    assert.deepEqual(await waiting, {
      type: 'refused',
      reason: 'The window was closed.',
      next: 'Open it again.',
    });
  });

  it('ignores what is not of this line', async () => {
    let handled = 0;
    const messenger = new Messenger<Wish, Wish>(
      () => assert.fail('nothing is to be answered'),
      () => {
        handled += 1;
        return { type: 'accepted' };
      },
    );
    const foreign = [
      null,
      'event',
      { kind: 'event' },
      { kind: 'request', body: {} },
      { kind: 'other', id: 1 },
      { kind: 'reply', id: 9, answer: {} },
    ];
    for (const message of foreign) await messenger.receive(message);
    assert.equal(handled, 0);
    await messenger.receive({ kind: 'event', body: { type: 'ready' } });
    assert.equal(handled, 1);
  });
});
