import type { Block, KeepalivedDocument } from './document';
import type { Word } from './words';

/** Lines of a block with this keyword. */
export function linesOf(block: Block | undefined, ...keywords: readonly string[]): readonly Block[] {
  return block?.children.filter(({ words }) => keywords.includes(words[0]?.text ?? '')) ?? [];
}

/** The line that holds: keepalived takes the last of several. */
export function lineOf(block: Block | undefined, keyword: string): Block | undefined {
  return linesOf(block, keyword).at(-1);
}

/** The first value behind a keyword. */
export function valueOf(block: Block | undefined, keyword: string): Word | undefined {
  return lineOf(block, keyword)?.words[1];
}

/** A number that stands in the text as such; undefined also for a parameter that is filled in elsewhere. */
export function numberOf(word: Word | undefined): number | undefined {
  return word !== undefined && /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(word.text) ? Number(word.text) : undefined;
}

/** Filled in by keepalived before it reads the line: nothing can be said of it here. */
export function isDynamic(word: Word | undefined): boolean {
  return word !== undefined && /[$~]/.test(word.text);
}

export function instancesOf({ root }: KeepalivedDocument): readonly Block[] {
  return linesOf(root, 'vrrp_instance');
}

export function globalsOf({ root }: KeepalivedDocument): Block | undefined {
  const all = linesOf(root, 'global_defs');
  const [first] = all;
  // Several blocks add up.
  return first && { ...first, children: all.flatMap(({ children }) => children) };
}

/** 2 unless the instance, or global_defs, says otherwise; undefined when that can't be read. */
export function versionOf(document: KeepalivedDocument, instance: Block): number | undefined {
  const word = valueOf(instance, 'version') ?? valueOf(globalsOf(document), 'vrrp_version');
  return word === undefined ? 2 : numberOf(word);
}

/** Another file adds to this one: what is missing here may stand there. */
export function includes({ root }: KeepalivedDocument): boolean {
  return root.children.some(({ words }) => /^include[a-z]?$/.test(words[0]?.text ?? ''));
}

/** Where a block's own name is, or its keyword. */
export function nameRange(block: Block) {
  const [keyword, name] = block.words;
  return name?.at ?? keyword?.at ?? block.open ?? { start: 0, end: 0 };
}

export function nameOf(block: Block): string {
  return block.words[1]?.text ?? '';
}

/** Everything from a block's keyword to its closing brace. */
export function wholeRange(block: Block) {
  const start = block.words[0]?.at.start ?? block.open?.start ?? 0;
  return { start, end: block.close?.end ?? block.words.at(-1)?.at.end ?? block.open?.end ?? start };
}
