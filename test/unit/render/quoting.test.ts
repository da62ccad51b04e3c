import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shellQuote, sqlQuote } from '../../../src/core/quote';
import { luaQuote } from '../../../src/core/schemes/replication/files/quoting';

// Each reader is written from the language's own manual, and knows nothing of how we quote.

/** POSIX 2.2: one word of single quotes, backslashes and plain characters; anything else would be read by the shell. */
function shellWord(text: string): string {
  let value = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "'") {
      const end = text.indexOf("'", at + 1);
      assert.ok(end > 0, 'a quote is open');
      value += text.slice(at + 1, end);
      at = end;
    } else if (character === '\\') value += text.charAt(++at);
    else {
      assert.match(character, /[A-Za-z0-9_@%+=:,./-]/);
      value += character;
    }
  }
  return value;
}

/** MySQL manual, "String Literals", and Lua 5.1 manual 2.1: escapes, doubled quotes, one literal and nothing behind it. */
function literal(text: string, quote: string, doubled: boolean): string {
  assert.equal(text.charAt(0), quote);
  let value = '';
  for (let at = 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') {
      const next = text.charAt(++at);
      value += next === 'n' ? '\n' : next === 'r' ? '\r' : next;
    } else if (character !== quote) value += character;
    else if (doubled && text.charAt(at + 1) === quote) value += text.charAt(++at);
    else {
      assert.equal(at, text.length - 1, 'something stands behind the literal');
      return value;
    }
  }
  assert.fail('the literal is open');
}

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...`'"\\\`$(){}[];&|<>!#%*?~ \t-=./`, '\n', '\r', '$(', '../', '--', ']]', "\\'"),
    fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }).filter((unit) => unit !== '\0'),
  ),
  maxLength: 24,
});

/** For each of the three: more than 100,000 together. */
const RUNS = 40_000;

describe('what is quoted is read back as it was meant', function () {
  this.timeout(60_000);
  const holds = (property: (value: string) => void): void => {
    let read = 0;
    const counted = (value: string): void => {
      read++;
      property(value);
    };
    fc.assert(fc.property(hostile, counted), { numRuns: RUNS });
    assert.ok(read >= RUNS, `${read} values were read back`);
  };

  it('by a POSIX shell', () => holds((value) => assert.equal(shellWord(shellQuote(value)), value)));
  it('by MySQL', () => holds((value) => assert.equal(literal(sqlQuote(value), "'", true), value)));
  it('by Lua, which is given no line breaks', () =>
    holds((value) => {
      if (/[\n\r]/.test(value)) assert.throws(() => luaQuote(value), RangeError);
      else assert.equal(literal(luaQuote(value), '"', false), value);
    }));
  it('and a NUL is refused everywhere', () => {
    for (const quote of [shellQuote, sqlQuote, luaQuote]) assert.throws(() => quote('a\0b'), RangeError);
  });
});
