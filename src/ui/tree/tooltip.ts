import type { NodeFact } from '../../core/topology/node';
import { formatAge } from '../age';
import type { DrawnNode } from './lastKnown';

/** Words that the caller translates. */
export interface TooltipWords {
  readonly state: string;
  readonly source: (source: string, age: string) => string;
  readonly lastKnown: (age: string) => string;
}

const MAX_VALUE_LENGTH = 300;

/** Makes text of a host harmless in Markdown: no link, no image, no table cell, no icon. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|<>~$&-]/g, '\\$&')
    .trim();
}

function factLine({ label, value }: NodeFact): string {
  const shown = value.length > MAX_VALUE_LENGTH ? `${value.slice(0, MAX_VALUE_LENGTH)}…` : value;
  return `${escapeMarkdown(label)}: **${escapeMarkdown(shown) || '–'}**`;
}

/** Facts of one source and age stand together above it. */
function factParagraphs(facts: readonly NodeFact[], nowMs: number, words: TooltipWords): string[] {
  const groups = new Map<string, string[]>();
  for (const fact of facts) {
    const source = words.source(fact.source, formatAge(nowMs - fact.atMs));
    groups.set(source, [...(groups.get(source) ?? []), factLine(fact)]);
  }
  return [...groups].map(([source, lines]) => [...lines, `*${escapeMarkdown(source)}*`].join('  \n'));
}

/** Markdown of a row's tooltip: every fact with its source and age. */
export function tooltipMarkdown(drawn: DrawnNode, nowMs: number, words: TooltipWords): string {
  const { node, lastKnown, staleSinceMs } = drawn;
  const head = [
    `**${escapeMarkdown(node.label)}**`,
    escapeMarkdown(node.description),
    escapeMarkdown(words.state),
  ];
  const paragraphs = [head.filter((part) => part !== '').join(' · ')];
  if (staleSinceMs !== undefined) {
    paragraphs.push(`*${escapeMarkdown(words.lastKnown(formatAge(nowMs - staleSinceMs)))}*`);
  }
  paragraphs.push(...factParagraphs(node.facts, nowMs, words));
  if (lastKnown) {
    const age = words.lastKnown(formatAge(nowMs - lastKnown.atMs));
    paragraphs.push(`**${escapeMarkdown(age)}**: ${escapeMarkdown(lastKnown.description)}`);
    paragraphs.push(...factParagraphs(lastKnown.facts, nowMs, words));
  }
  return paragraphs.join('\n\n');
}
