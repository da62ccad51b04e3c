/**
 * One word of a POSIX shell command, whatever it holds.
 * POSIX 2.2.2: nothing is special between single quotes but the single quote itself.
 * @throws RangeError for a NUL byte, which no argument can hold.
 */
export function shellQuote(value: string): string {
  if (value.includes('\0')) {
    throw new RangeError('a shell argument cannot hold a NUL byte');
  }
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/**
 * A MySQL string literal. A backslash is doubled as the default sql_mode needs it. Under NO_BACKSLASH_ESCAPES the literal
 * ends at the same place, as quotes are doubled, but a backslash in it arrives twice (both measured).
 * @throws RangeError for a NUL byte.
 */
export function sqlQuote(value: string): string {
  if (value.includes('\0')) {
    throw new RangeError('a MySQL literal of ours holds no NUL byte');
  }
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}
