import type { TextRange } from '../../findings/finding';
import { PATTERNS } from '../allow';
import type { InventoryDocument } from '../document';

/** A controller's name and every place of the file that means it. */
export interface NamedController {
  readonly site: string;
  readonly name: string;
  /** Its key, without quotes. */
  readonly definition: TextRange;
  /** Jump hosts of the same site. */
  readonly references: readonly TextRange[];
}

/** The controller whose name stands at an offset: at its key, or where it is meant. */
export function controllerAt(document: InventoryDocument, offset: number): NamedController | undefined {
  return controllersIn(document).find(({ definition, references }) =>
    [definition, ...references].some(({ start, end }) => start <= offset && offset <= end),
  );
}

/** Every controller of a file. */
export function controllersIn(document: InventoryDocument): NamedController[] {
  return Object.entries(recordOf(recordOf(document.value)['sites'])).flatMap(([site, value]) => {
    const meant = mentions(document, ['sites', site], value);
    return Object.keys(recordOf(recordOf(value)['controllers'])).map((name) => ({
      site,
      name,
      definition: inner(document.text, document.rangeOf(['sites', site, 'controllers', name], 'key')),
      references: meant.flatMap((one) => (one.name === name ? [one.at] : [])),
    }));
  });
}

/** The edits of a new name. @throws RangeError with the reason where the name can't be taken. */
export function renameController(
  document: InventoryDocument,
  named: NamedController,
  name: string,
): readonly TextRange[] {
  if (!PATTERNS.hostName.test(name)) {
    throw new RangeError('a host name is letters, digits, hyphens and dots (RFC 1123), and not a number');
  }
  const taken = controllersIn(document).some(
    (other) => other.site === named.site && other.name === name && other.name !== named.name,
  );
  if (taken) throw new RangeError(`${named.site} has a controller ${name} already`);
  return [named.definition, ...named.references];
}

/** Host names in `ssh.jump`, of the site and of each of its hosts. */
function mentions(
  document: InventoryDocument,
  site: readonly string[],
  value: unknown,
): { name: string; at: TextRange }[] {
  const hosts = Object.keys(recordOf(recordOf(value)['controllers'])).map((name) => ['controllers', name]);
  return [[], ...hosts, ['prometheus']].flatMap((below) => {
    const path = [...site, ...below, 'ssh', 'jump'];
    if (!document.has(path)) return [];
    const range = document.rangeOf(path);
    const text = document.text.slice(range.start, range.end);
    return [...text.matchAll(/(?<=^|[,@"'])([A-Za-z0-9][A-Za-z0-9.-]*)(?=$|[:,"'])/g)].map((match) => ({
      name: match[0],
      at: { start: range.start + match.index, end: range.start + match.index + match[0].length },
    }));
  });
}

function inner(text: string, range: TextRange): TextRange {
  const quoted = /^["']/.test(text.slice(range.start, range.start + 1));
  return quoted ? { start: range.start + 1, end: range.end - 1 } : range;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
