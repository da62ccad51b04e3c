import fc from 'fast-check';

/** What a shell, SQL, Lua, keepalived or an option file would read as its own, alone and among plain letters. */
const EVIL = fc.constantFrom(
  ...`'"\\\`$(){}[];&|<>!#%*?~,@:= \t-./`,
  ...[
    '\n',
    '\r',
    '\\n',
    '\\',
    '$(',
    '../',
    '--',
    '/*',
    ']]',
    "\\'",
    '%00',
    '\u2028',
    'ü',
    '😀',
    '~SEQ(',
    '${X}',
  ],
);
const PLAIN = fc.stringMatching(/^[A-Za-z0-9]{1,4}$/);

/** The same texts on each run: what fails once fails again. */
export function hostileTexts(count: number, maxParts = 8): string[] {
  const text = fc.array(fc.oneof(EVIL, PLAIN), { maxLength: maxParts }).map((parts) => parts.join(''));
  return fc.sample(text, { numRuns: count, seed: 20_260 });
}

/** Values that a generator gives, the same on each run, each once. */
export function distinct<T>(arbitrary: fc.Arbitrary<T>, count: number): T[] {
  const found = new Set<T>();
  for (let seed = 1; found.size < count; seed++) {
    for (const value of fc.sample(arbitrary, { numRuns: count, seed }))
      if (found.size < count) found.add(value);
  }
  return [...found];
}
