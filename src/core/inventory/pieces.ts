import { readYaml } from './yamlPart';
import type { YamlPart } from './yamlPart';

/** One site's part of a text, with the comments behind it. */
export interface Piece {
  readonly start: number;
  readonly name: string;
  readonly part: YamlPart;
}

export interface Pieces {
  /** Everything up to and with the line `sites:`. */
  readonly head: YamlPart;
  readonly sites: readonly Piece[];
}

/** Readings by their text: while somebody types, one site changes and hundreds do not. */
const readings = new Map<string, YamlPart>();
const MAX_READINGS = 4096;
/** Longer ones are not kept. */
const MAX_KEPT_LENGTH = 65_536;

/** A site's line begins with a plain or quoted name and a colon. Anything else (no key, `? `, `null`) is read whole. */
const SITE_KEY =
  /^ +(?!(?:null|Null|NULL|true|True|TRUE|false|False|FALSE) *:)(?:"[^"\\\n]+"|'[^'\n]+'|[A-Za-z_][\w-]*) *:(?=[ \r\n])/;

const SITES = /^sites:[ ]*(?:#.*)?\r?$/m;

/**
 * Reads a text site by site. Block style only: each site begins at the same column below `sites:`, nothing stands
 * behind the last one, and nothing refers across sites. Undefined where that is not so: then the text is read whole.
 * A site that is not closed gives its problem there, and the others stay as they are.
 */
export function readPieces(text: string): Pieces | undefined {
  const sites = SITES.exec(text);
  if (sites === null || /[&*\t]|^(---|\.\.\.|%)/m.test(text)) return undefined;
  const begin = sites.index + sites[0].length + 1;
  const starts = siteStarts(text, begin);
  if (starts === undefined) return undefined;
  const head = readYaml(text.slice(0, starts[0]));
  if (head.problems.length > 0 || head.entries === undefined) return undefined;
  const found: Piece[] = [];
  for (const [index, start] of starts.entries()) {
    const own = text.slice(start, starts[index + 1] ?? text.length);
    if (!SITE_KEY.test(own)) return undefined;
    const part = readKept(own);
    const [name, ...more] = Object.keys((part.value ?? {}) as object);
    if (part.entries !== 1 || name === undefined || more.length > 0) return undefined;
    found.push({ start, name, part });
  }
  return { head, sites: found };
}

/** Offsets of the lines that begin a site; undefined where one stands further out than the first. */
function siteStarts(text: string, begin: number): number[] | undefined {
  const starts: number[] = [];
  let column: number | undefined;
  for (let line = begin; line < text.length;) {
    const newline = text.indexOf('\n', line);
    const end = newline < 0 ? text.length : newline;
    let content = line;
    while (content < end && text[content] === ' ') content++;
    const first = text[content] ?? '';
    if (content < end && first !== '#' && first !== '\r') {
      const indent = content - line;
      column ??= indent;
      if (indent < column || indent === 0) return undefined;
      // A bracket that closes is never the beginning of a key.
      if (indent === column && !'}],'.includes(first)) starts.push(line);
    }
    line = end + 1;
  }
  return starts.length === 0 ? undefined : starts;
}

function readKept(text: string): YamlPart {
  const kept = readings.get(text);
  if (kept !== undefined) return kept;
  const part = readYaml(text);
  if (text.length <= MAX_KEPT_LENGTH) {
    if (readings.size >= MAX_READINGS) readings.clear();
    // A copy: a slice would keep the whole text alive.
    readings.set(` ${text}`.slice(1), part);
  }
  return part;
}
