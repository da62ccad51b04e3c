/** A top-level statement or block of a keepalived.conf, with the remarks right above it. */
interface Section {
  /** Words before the brace: `vrrp_instance VI_1`. */
  readonly key: string;
  readonly words: readonly string[];
  readonly lines: readonly string[];
}

/** What of a keepalived.conf is ours: by name, and every vrrp_instance with our address, whatever its name. */
export interface OwnedSections {
  readonly keys: readonly string[];
  readonly vip: string;
}

/** `#` and `!` begin a comment wherever a word may begin. */
function bare(line: string): string {
  return line.replace(/(^|[ \t])[#!].*$/, '').replace(/^[ \t]+|[ \t]+$/g, '');
}

/**
 * Divides by lines. A block begins on a line at depth 0 and ends on the line of its closing brace; what can't be told
 * apart like that (two blocks on one line, a missing brace) is refused rather than guessed.
 * @throws RangeError naming the line.
 */
export function sections(text: string): Section[] {
  const found: { key: string; words: string[]; lines: string[] }[] = [];
  let remarks: string[] = [];
  let depth = 0;
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [index, line] of lines.entries()) {
    const code = bare(line);
    const last = found.at(-1);
    if (depth > 0 && last !== undefined) last.lines.push(line);
    else if (code === '') {
      remarks = /[^ \t]/.test(line) ? [...remarks, line] : [];
      continue;
    } else if (code.startsWith('{') && last !== undefined && last.key !== '') last.lines.push(line);
    else found.push({ key: keyOf(code), words: [], lines: [...remarks, line] });
    remarks = [];
    found.at(-1)?.words.push(...code.split(/[ \t{}]+/).filter((word) => word !== ''));
    for (const [at, character] of [...code].entries()) {
      if (character === '{') depth++;
      if (character === '}') depth--;
      const more =
        [...code]
          .slice(at + 1)
          .join('')
          .trim() !== '';
      if (depth < 0 || (character === '}' && depth === 0 && more)) {
        throw new RangeError(`line ${index + 1}: its blocks can't be told apart by lines`);
      }
    }
  }
  if (depth !== 0) throw new RangeError('a block is not closed');
  return found;
}

function keyOf(code: string): string {
  return code
    .replace(/\{.*$/, '')
    .split(/[ \t]+/)
    .filter((word) => word !== '')
    .join(' ');
}

/** Names of the blocks of a text of ours. */
export function sectionKeys(text: string): string[] {
  return sections(text).map(({ key }) => key);
}

/** Our text, then what others wrote into the same file. `mergeScript` does the same on the host. @throws RangeError */
export function mergeSections(ours: string, current: string, owned: OwnedSections): string {
  const kept = sections(current).filter((section) => section.key !== '' && !isOwned(section, owned));
  return ours + kept.map(({ lines }) => `\n${lines.join('\n')}\n`).join('');
}

function isOwned({ key, words }: Section, { keys, vip }: OwnedSections): boolean {
  if (keys.includes(key)) return true;
  return key.startsWith('vrrp_instance ') && words.some((word) => word === vip || word.startsWith(`${vip}/`));
}
