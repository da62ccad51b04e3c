import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { askToConfirm } from '../../../src/cli/confirm';

const CONFIRMATION = { question: 'Promote cc2?', detail: 'The VIP moves.', verb: 'Promote cc2' };

/** What is asked, and what becomes of the answer. `end`: the input is at its end without one. */
async function answer(text: string, isTTY = true): Promise<{ said: string; asked: string }> {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  const said = askToConfirm(CONFIRMATION, input, output);
  input.end(text);
  return { said: await said, asked: String(output.read() ?? '') };
}

describe('confirmation on a terminal', () => {
  it('shows the consequence and takes the verb of the button, in any case', async () => {
    const { said, asked } = await answer('promote CC2\n');
    assert.equal(said, 'confirmed');
    assert.match(asked, /Promote cc2\?\nThe VIP moves\.\nType "Promote cc2": /);
  });

  for (const text of ['y\n', 'yes\n', '\n', 'Promote cc1\n', '', 'Promote']) {
    it(`${JSON.stringify(text)} is no consent`, async () =>
      assert.equal((await answer(text)).said, 'declined'));
  }

  it('without a terminal nothing is asked, whatever is piped in', async () =>
    assert.deepEqual(await answer('Promote cc2\n', false), { said: 'no-terminal', asked: '' }));
});
