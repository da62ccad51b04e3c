import { inFile } from '../../place';
import type { LsyncdRule } from '../rule';

export const syntax: LsyncdRule = {
  code: 'lsyncd-lua-syntax',
  severity: 'error',
  why: 'A configuration of lsyncd is a Lua program: with an error in it lsyncd ends with 255 and nothing is copied.',
  remedy: 'Mend the Lua at this place.',
  check: (document) => document.problems.map(({ message, at }) => inFile(document, at, message)),
};
