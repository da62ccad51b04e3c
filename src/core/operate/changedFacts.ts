/** A hash or a UUID: that it is another one is all that anybody can read of it. */
const OPAQUE = /^[0-9a-f-]{20,}$/;
/** A host that went away changes all of its facts: the first ones say so. */
const NAMED = 5;

/**
 * What is different now of the facts that a plan rests on, in words: both are digests of the same operation. Facts that
 * are there no more are named, too. Empty: the plan still holds.
 */
export function changedFacts(before: string, now: string): string[] {
  const [was, is] = [factsOf(before), factsOf(now)];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  const changed = names.flatMap((name) => {
    const [old, current] = [was.get(name), is.get(name)];
    return old === current ? [] : [sentence(name, old, current)];
  });
  const more = changed.length - NAMED;
  return more > 0 ? [...changed.slice(0, NAMED), `and ${more} more`] : changed;
}

function sentence(name: string, old: string | undefined, current: string | undefined): string {
  if (old === undefined) return `${name} is new: ${current ?? ''}`;
  if (current === undefined) return `${name} was ${old} and is there no more`;
  if (current === 'unknown') return `${name} is not known any more`;
  if (OPAQUE.test(old) && OPAQUE.test(current)) return `${name} is another one`;
  return `${name} was ${old} and is ${current} now`;
}

function factsOf(digest: string): Map<string, string> {
  return new Map(
    digest.split('\n').map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
