import { shellQuote } from '../quote';
import { FILE_LIMIT_BYTES, type HostFile, modeText } from './hostFile';

/**
 * Reads files whole, in one call: for each a line `@N KIND …`, then its bytes in base64. Ends with `@end`, so that an
 * answer that was cut is not taken for the truth. It changes nothing.
 */
export function readFilesScript(paths: readonly string[]): string {
  return `i=0
for path in ${paths.map(shellQuote).join(' ')}; do
  i=$((i + 1))
  if [ ! -e "$path" ] && [ ! -L "$path" ]; then echo "@$i absent"; continue; fi
  if [ ! -f "$path" ]; then echo "@$i other"; continue; fi
  echo "@$i file $(stat -L -c '%a %U %s' -- "$path")"
  head -c ${FILE_LIMIT_BYTES} -- "$path" | base64
done
echo @end
`;
}

/** What `readFilesScript` printed, by path. @throws RangeError when the answer is not whole. */
export function parseReadFiles(
  paths: readonly string[],
  printed: string,
): Readonly<Record<string, HostFile>> {
  const lines = printed.trimEnd().split('\n');
  if (lines.at(-1) !== '@end') throw new RangeError('the files were not read to the end');
  const files: Record<string, HostFile> = {};
  let head = '';
  let body: string[] = [];
  const flush = (): void => {
    const match = /^@(\d+) (.*)$/.exec(head);
    const path = paths[Number(match?.[1]) - 1];
    if (path !== undefined) files[path] = fileOf(match?.[2] ?? '', body.join(''));
  };
  for (const line of lines) {
    if (!line.startsWith('@')) {
      body.push(line);
      continue;
    }
    flush();
    head = line;
    body = [];
  }
  const missing = paths.find((path) => files[path] === undefined);
  if (missing !== undefined) throw new RangeError(`nothing was said of ${missing}`);
  return files;
}

function fileOf(head: string, base64: string): HostFile {
  const [kind, mode = '', owner = '', size = ''] = head.split(' ');
  if (kind === 'absent') return { state: 'absent' };
  if (kind === 'other') return unreadable('it is no plain file');
  if (!/^\d+$/.test(size)) return unreadable('it could not be read');
  if (Number(size) > FILE_LIMIT_BYTES)
    return unreadable(`it has ${size} bytes, too many for a configuration`);
  const text = textOf(base64);
  if (text === undefined) return unreadable('it is not text in UTF-8');
  return { state: 'file', mode: modeText(mode), owner, text };
}

function unreadable(reason: string): HostFile {
  return { state: 'unreadable', reason };
}

function textOf(base64: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
