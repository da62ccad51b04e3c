import assert from 'node:assert/strict';
import { luaQuote } from '../../../src/core/schemes/replication/files/quoting';
import { Lab } from '../lab';
import { hostileTexts } from './hostileText';

describe('what is quoted for lsyncd', () => {
  const lab = Lab.current();

  it('is read back by its Lua: 1,000 hostile texts, each as it was meant', async () => {
    const texts = hostileTexts(1400)
      .filter((text) => !/[\n\r]/.test(text))
      .slice(0, 1000);
    assert.equal(texts.length, 1000);
    const program = `local texts = {\n${texts.map((text) => `  ${luaQuote(text)},\n`).join('')}}
for _, text in ipairs(texts) do
  print('=' .. text:gsub('.', function(c) return string.format('%02x', c:byte()) end))
end
os.exit(0)
`;
    // lsyncd runs its configuration: its own Lua is the reader, whichever it was built with.
    const said = await lab.mustConsole(
      'cc1',
      'cat >/run/read-back.lua; lsyncd -nodaemon /run/read-back.lua; rm /run/read-back.lua',
      { input: program },
    );
    const read = said.split('\n').flatMap((line) => /^=([0-9a-f]*)/.exec(line)?.[1] ?? []);
    assert.deepEqual(
      read.map((hex) => Buffer.from(hex, 'hex').toString()),
      texts,
    );
  });
});
