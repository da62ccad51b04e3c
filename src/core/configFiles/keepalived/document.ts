import type { TextRange } from '../../findings/finding';
import type { ConfigText } from '../place';
import { lineWords } from './words';
import type { Word } from './words';

/** A keyword with its values, and the block behind it where there is one. */
export interface Block {
  readonly words: readonly Word[];
  readonly children: readonly Block[];
  /** Undefined: a line without a block. */
  readonly open: TextRange | undefined;
  /** Undefined also where the closing brace is missing. */
  readonly close: TextRange | undefined;
}

export interface BraceProblem {
  readonly kind: 'missing-close' | 'extra-close' | 'open-quote';
  readonly at: TextRange;
}

export interface KeepalivedDocument extends ConfigText {
  readonly root: Block;
  readonly problems: readonly BraceProblem[];
}

interface OpenBlock extends Block {
  readonly children: OpenBlock[];
  open: TextRange | undefined;
  close: TextRange | undefined;
}

/**
 * The nested blocks of a keepalived.conf (keepalived.conf(5)), with the place of every word. Unbalanced braces are
 * tolerated: what is open at the end closes there. Lines that define a parameter (`$NAME=...`) are left out; a
 * condition before a line (`@host`) is taken off.
 */
export function readKeepalived(file: string, text: string): KeepalivedDocument {
  const root: OpenBlock = { words: [], children: [], open: undefined, close: undefined };
  const stack: OpenBlock[] = [root];
  const problems: BraceProblem[] = [];
  const top = (): OpenBlock => stack[stack.length - 1] ?? root;
  let words: Word[] = [];
  const finish = (): void => {
    const kept = words[0]?.text.startsWith('@') === true ? words.slice(1) : words;
    words = [];
    if (kept.length === 0 || /^\$\w+=/.test(kept[0]?.text ?? '')) return;
    top().children.push({ words: kept, children: [], open: undefined, close: undefined });
  };
  for (const line of lineWords(text)) {
    if (line.openQuote !== undefined) problems.push({ kind: 'open-quote', at: line.openQuote });
    for (const word of line.words) {
      if (word.text === '{' && !word.quoted) {
        finish();
        stack.push(openBlock(top(), word.at));
      } else if (word.text === '}' && !word.quoted) {
        finish();
        if (stack.length > 1) top().close = word.at;
        else problems.push({ kind: 'extra-close', at: word.at });
        if (stack.length > 1) stack.pop();
      } else {
        words.push(word);
      }
    }
    if (!line.continued) finish();
  }
  finish();
  for (const left of stack.slice(1)) {
    problems.push({ kind: 'missing-close', at: left.words[0]?.at ?? left.open ?? { start: 0, end: 0 } });
  }
  return { file, text, root, problems };
}

/** The block of the line before, which may stand above its brace; without one, a block without a name. */
function openBlock(parent: OpenBlock, at: TextRange): OpenBlock {
  const last = parent.children[parent.children.length - 1];
  if (last !== undefined && last.open === undefined) {
    last.open = at;
    return last;
  }
  const block: OpenBlock = { words: [], children: [], open: at, close: undefined };
  parent.children.push(block);
  return block;
}
