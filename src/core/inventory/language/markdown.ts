/** Text as it is: nothing in it is a link, an image, HTML or a command. */
export function plain(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]()#+!|<>~&$]/g, '\\$&');
}

/** Text as code, whatever it holds. */
export function code(text: string): string {
  const inner = oneLine(text);
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `\`${inner}\`` : `${fence} ${inner} ${fence}`;
}

function oneLine(text: string): string {
  return text.slice(0, 600).replace(/\s+/g, ' ').trim();
}
