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

/** Users of the MySQL accounts (`{ user, password: { secret } }` below `mysql`) whose password is this secret, sorted. */
export function secretAccounts(value: unknown, name: string): string[] {
  const users = new Set<string>();
  collectAccounts(value, name, false, users);
  return [...users].sort();
}

function collectAccounts(value: unknown, name: string, inMysql: boolean, users: Set<string>): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (inMysql && 'user' in value && typeof value.user === 'string' && 'password' in value) {
    if (secretOf(value.password) === name) {
      users.add(value.user);
    }
  }
  for (const [key, child] of Object.entries(value)) {
    collectAccounts(child, name, inMysql || key === 'mysql', users);
  }
}

function secretOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'secret' in value ? value.secret : undefined;
}
