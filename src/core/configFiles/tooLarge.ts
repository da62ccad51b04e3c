import type { Rule } from '../findings/rule';
import { MAX_CONFIG_LENGTH } from './kind';
import { inFile } from './place';
import type { ConfigText } from './place';

export const tooLarge: Rule<ConfigText> = {
  code: 'config-file-too-large',
  severity: 'warning',
  why: 'These files have a few kilobytes. One of this size is something else, and nothing was looked for in it.',
  remedy: 'Check the file. What the daemon itself says of it still counts.',
  check(of) {
    const { length } = of.text;
    if (length <= MAX_CONFIG_LENGTH) return [];
    const message = `the file has ${length} characters, and is read up to ${MAX_CONFIG_LENGTH}`;
    return [inFile(of, { start: 0, end: 1 }, message)];
  },
};
