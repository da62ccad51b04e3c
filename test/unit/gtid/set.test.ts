import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  countTransactions,
  formatGtidSet,
  isGtidSubset,
  parseGtidSet,
  subtractGtidSets,
  uniteGtidSets,
} from '../../../src/core/gtid/set';

const A = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const B = '4e11fa47-71ca-11e1-9e33-c80aa9429562';

/** The naive model: a set of `source:number`, one for each transaction. */
type Model = ReadonlySet<string>;

const source = fc.constantFrom(A, B, `${A}:blue`, `${A}:green`, `${B}:blue`);
const model: fc.Arbitrary<Model> = fc
  .array(fc.tuple(source, fc.integer({ min: 1, max: 30 })), { maxLength: 40 })
  .map((pairs) => new Set(pairs.map(([key, number]) => `${key}:${number}`)));

/** The model's text, one interval a transaction: independent of our formatter. */
const textOf = (set: Model) => [...set].join(',');

/** Reads our formatter's text back into the model. */
function modelOf(text: string): Model {
  const all = new Set<string>();
  for (const part of text === '' ? [] : text.split(',')) {
    const [uuid, ...items] = part.split(':');
    let key = uuid;
    for (const item of items) {
      if (/^[a-z]/.test(item)) {
        key = `${uuid}:${item}`;
        continue;
      }
      const [from, to] = item.split('-').map(Number);
      for (let n = from ?? 0; n <= (to ?? from ?? 0); n++) all.add(`${key}:${n}`);
    }
  }
  return all;
}

describe('GTID sets', () => {
  it('agree with a naive model in every operation', () => {
    fc.assert(
      fc.property(model, model, (a, b) => {
        const [x, y] = [parseGtidSet(textOf(a)), parseGtidSet(textOf(b))];
        assert.deepEqual(modelOf(formatGtidSet(x)), a);
        assert.deepEqual(
          modelOf(formatGtidSet(subtractGtidSets(x, y))),
          new Set([...a].filter((n) => !b.has(n))),
        );
        assert.deepEqual(modelOf(formatGtidSet(uniteGtidSets(x, y))), new Set([...a, ...b]));
        assert.equal(countTransactions(x), a.size);
        assert.equal(
          isGtidSubset(x, y),
          [...a].every((n) => b.has(n)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('are formatted canonically: what is read and written again stays', () => {
    fc.assert(
      fc.property(model, (a) => {
        const text = formatGtidSet(parseGtidSet(textOf(a)));
        assert.equal(formatGtidSet(parseGtidSet(text)), text);
      }),
    );
  });

  it('merge what touches or overlaps, and read white space, capitals and tags', () => {
    const set = parseGtidSet(` ${A.toUpperCase()}:1-5:6:8-9:Blue:4:2-3,\n${A}:7 `);
    assert.equal(formatGtidSet(set), `${A}:1-9:blue:2-4`);
    assert.equal(countTransactions(set), 12);
  });

  it('refuse what is no GTID set: unreadable is not empty', () => {
    for (const text of [
      'x',
      A,
      `${A}:`,
      `${A}:0`,
      `${A}:1-`,
      `${A}:1 OR 1`,
      `${A}:1-9999999999999999999`,
      `${A}:-1`,
    ]) {
      assert.throws(() => parseGtidSet(text), RangeError, text);
    }
    assert.equal(parseGtidSet('').size, 0);
  });
});
