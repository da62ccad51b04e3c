import assert from 'node:assert/strict';
import { InventoryLanguage } from '../../../../src/core/inventory/language/language';
import { PAIR, pair } from './marked';

function hover({ text, offset }: { text: string; offset: number }): string {
  return new InventoryLanguage().hover('a.yaml', text, offset)?.markdown ?? '';
}

/** At the first occurrence of a word. */
function over(word: string, text = PAIR): string {
  return hover({ text, offset: text.indexOf(word) + 1 });
}

describe('hover', () => {
  it('gives meaning, limits, default, unit and source', () => {
    const text = hover(pair('    selfFence: 15|\n'));
    assert.match(text, /^\*\*selfFence\*\* — Seconds after which/);
    assert.match(text, /- Default: `15`/);
    assert.match(text, /- Unit: seconds/);
    assert.match(over('priority'), /- Limits: `1 to 254`/);
    assert.match(over('priority'), /Source: keepalived\.conf\\\(5\\\)/);
  });

  it('gives what holds now, the assumed network too', () => {
    const text = hover(pair('    network: 192.168.73.0/24|\n'));
    assert.match(text, /Holds in dc1: `192\.168\.73\.0\/24`/);
    const keys = hover(pair('    keepalived:\n      virtualRouterId|: 61\n'));
    assert.match(keys, /Holds in dc1: `61`/);
  });

  it('shows the simulated election where the VIP is decided', () => {
    assert.match(over('vip'), /Simulated election[\s\S]*\| event \| VIP on \|/);
    assert.doesNotMatch(over('address'), /Simulated election/);
  });

  it('takes no text of the inventory for Markdown', () => {
    const text = PAIR.replaceAll('dc1', '"[x](command:evil)"');
    assert.doesNotMatch(over('vip', text), /\[x\]\(command/);
  });

  it('says nothing of comments and of keys it does not know', () => {
    assert.equal(over('the first'), '');
    assert.equal(hover(pair('    unheard|: 1\n')), '');
  });
});
