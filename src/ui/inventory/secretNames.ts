/** Names of every `{ secret: name }` in a value, sorted, each once. */
export function secretNames(value: unknown): string[] {
  const names = new Set<string>();
  collect(value, names);
  return [...names].sort();
}

function collect(value: unknown, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if ('secret' in value && typeof value.secret === 'string') {
    names.add(value.secret);
  }
  for (const child of Object.values(value)) {
    collect(child, names);
  }
}
