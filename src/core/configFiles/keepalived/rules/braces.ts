import { inFile } from '../../place';
import type { BraceProblem } from '../document';
import type { KeepalivedRule } from '../rule';

const MESSAGES: Readonly<Record<BraceProblem['kind'], string>> = {
  'missing-close': 'this block has no closing brace',
  'extra-close': 'this brace closes nothing',
  'open-quote': 'the quote is not closed on its line',
};

export const braces: KeepalivedRule = {
  code: 'keepalived-braces',
  severity: 'error',
  why: 'keepalived counts the braces, starts all the same, and reads what follows as part of another block. After an open quote in a script line its own check ends in a crash.',
  remedy: 'Close what is open here.',
  check: (document) => document.problems.map(({ kind, at }) => inFile(document, at, MESSAGES[kind])),
};
