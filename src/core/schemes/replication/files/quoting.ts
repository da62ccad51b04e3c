/**
 * A Lua string literal (Lua 5.1 manual, 2.1). The inventory's allow-lists keep every such character out already.
 * @throws RangeError for a NUL byte or a line break, which no path or host name holds.
 */
export function luaQuote(value: string): string {
  if (/[\0\n\r]/.test(value)) throw new RangeError('a path in an lsyncd configuration is one line');
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** A secret's visible reference: it is replaced on the way to the host, never in a file of the workspace. */
export function secretPlaceholder(name: string): string {
  return `{{secret:${name}}}`;
}
