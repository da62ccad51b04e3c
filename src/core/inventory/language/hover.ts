import type { InventoryPath, TextRange } from '../../findings/finding';
import type { ResolvedSite } from '../../schemes/registry';
import { cursorAt } from './cursor';
import { electionOf } from './election';
import { effectiveValue, sourceOf, unitOf } from './facts';
import { code, plain } from './markdown';
import { schemaNode } from './schemaNode';
import type { SchemaNode } from './schemaNode';

export interface HoverText {
  readonly range: TextRange;
  /** Markdown. Text of the inventory stands in it escaped or as code. */
  readonly markdown: string;
}

/** What the key or value under an offset means. `sites`: those of the same file that have no error. */
export function hoverAt(text: string, offset: number, sites: readonly ResolvedSite[]): HoverText | undefined {
  const cursor = cursorAt(text, wordEnd(text, offset));
  if (cursor === undefined) return undefined;
  const word = text.slice(cursor.replace.start, cursor.replace.end).replace(/^["']|["']$/g, '');
  const path = cursor.place === 'key' ? [...cursor.path, word] : cursor.path;
  if (word === '' || path.length === 0) return undefined;
  const node = schemaNode(path);
  if (node?.about === undefined && path.length !== 2) return undefined;
  const site = sites.find(({ name }) => path[0] === 'sites' && name === path[1]);
  return { range: cursor.replace, markdown: meaning(path, node, site) };
}

function wordEnd(text: string, offset: number): number {
  const rest = text.slice(offset, offset + 256);
  return offset + (/^[^\s,:[\]{}#]*/.exec(rest)?.[0].length ?? 0);
}

/** Meaning, default, unit, limits, what holds now, and where the rule comes from. */
function meaning(path: InventoryPath, node: SchemaNode | undefined, site: ResolvedSite | undefined): string {
  const below = path.slice(2);
  const name = path.filter((part) => typeof part === 'string').at(-1) ?? '';
  const lines = [`**${plain(String(name))}** — ${plain(node?.about?.description ?? 'A site.')}`];
  lines.push(...facts(node).map(([label, value]) => `- ${label}: ${code(value)}`));
  const unit = unitOf(below);
  if (unit !== undefined) lines.push(`- Unit: ${plain(unit)}`);
  const effective = site === undefined || below.length === 0 ? undefined : effectiveValue(site, below);
  if (site !== undefined && effective !== undefined) {
    lines.push(`- Holds in ${plain(site.name)}: ${code(effective)}`);
  }
  const source = path.length > 2 ? sourceOf(below) : undefined;
  const parts = [lines[0] ?? '', lines.slice(1).join('\n')];
  if (source !== undefined) parts.push(`*Source: ${plain(source)}*`);
  if (site !== undefined && decidesTheVip(below))
    parts.push(`**Simulated election**\n\n${electionOf(site).table}`);
  return parts.filter((part) => part !== '').join('\n\n');
}

function facts(node: SchemaNode | undefined): [string, string][] {
  if (node === undefined) return [];
  const { about, choices } = node;
  const fallback = about?.default;
  const all: [string, string | undefined][] = [
    ['Values', choices.length > 1 ? choices.join(', ') : undefined],
    ['Default', fallback === undefined ? undefined : textOf(fallback)],
    ['Limits', about?.minimum === undefined ? undefined : `${about.minimum} to ${about.maximum ?? ''}`],
    [
      'Example',
      choices.length > 1 || about?.examples === undefined ? undefined : about.examples.map(textOf).join(', '),
    ],
  ];
  return all.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]]));
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function decidesTheVip(below: InventoryPath): boolean {
  return (
    below.at(-1) === 'priority' ||
    (below.length === 1 && ['vip', 'controllers', 'keepalived', 'profile'].includes(String(below[0])))
  );
}
