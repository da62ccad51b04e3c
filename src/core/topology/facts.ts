import type { Fact } from '../observe/fact';
import type { NodeFact } from './node';

/** A fact as it is shown. What could not be read says so, with its reason. */
export function shownFact<T>(label: string, fact: Fact<T>, show: (value: T) => string): NodeFact {
  const { source, atMs } = fact;
  return { label, value: fact.known ? show(fact.value) : `unknown: ${fact.reason}`, source, atMs };
}

/** Several lines of one fact; one `unknown` line where it could not be read. */
export function shownFacts<T>(
  label: string,
  fact: Fact<T>,
  show: (value: T) => readonly (readonly [label: string, value: string])[],
): NodeFact[] {
  if (!fact.known) return [shownFact(label, fact, String)];
  return show(fact.value).map(([name, value]) => ({
    label: name,
    value,
    source: fact.source,
    atMs: fact.atMs,
  }));
}
