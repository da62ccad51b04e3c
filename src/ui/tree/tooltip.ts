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

function factRow(fact: NodeFact, nowMs: number, words: TooltipWords): string {
  const value =
    fact.value.length > MAX_VALUE_LENGTH ? `${fact.value.slice(0, MAX_VALUE_LENGTH)}…` : fact.value;
  const source = words.source(fact.source, formatAge(nowMs - fact.atMs));
  return `| ${escapeMarkdown(fact.label)} | ${escapeMarkdown(value)} | ${escapeMarkdown(source)} |`;
}

function factTable(facts: readonly NodeFact[], nowMs: number, words: TooltipWords): string[] {
  return facts.length === 0
    ? []
    : ['', '| | | |', '|:--|:--|:--|', ...facts.map((fact) => factRow(fact, nowMs, words))];
}

/** Markdown of a row's tooltip: every fact with its source and age. */
export function tooltipMarkdown(drawn: DrawnNode, nowMs: number, words: TooltipWords): string {
  const { node, lastKnown, staleSinceMs } = drawn;
  const head = [
    `**${escapeMarkdown(node.label)}**`,
    escapeMarkdown(node.description),
    escapeMarkdown(words.state),
  ];
  const lines = [head.filter((part) => part !== '').join(' · ')];
  if (staleSinceMs !== undefined) {
    lines.push('', `*${escapeMarkdown(words.lastKnown(formatAge(nowMs - staleSinceMs)))}*`);
  }
  lines.push(...factTable(node.facts, nowMs, words));
  if (lastKnown) {
    const age = words.lastKnown(formatAge(nowMs - lastKnown.atMs));
    lines.push('', `*${escapeMarkdown(age)}*: ${escapeMarkdown(lastKnown.description)}`);
    lines.push(...factTable(lastKnown.facts, nowMs, words));
  }
  return lines.join('\n');
}
