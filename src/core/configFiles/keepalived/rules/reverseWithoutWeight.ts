import { inFile, replace } from '../../place';
import { linesOf } from '../instance';
import type { KeepalivedRule } from '../rule';

export const reverseWithoutWeight: KeepalivedRule = {
  code: 'keepalived-reverse-without-weight',
  severity: 'error',
  why: 'keepalived takes `reverse` behind a weight only, and ignores the line: the file then works the other way round, and its absence makes a host eligible.',
  remedy: 'Write `weight 0 reverse`.',
  check: (document) =>
    linesOf(document.root, 'track_file', 'vrrp_track_file').flatMap((block) =>
      block.children.flatMap(({ words: [first, second] }) => {
        const bare = first?.text === 'reverse' ? first : undefined;
        const inPlace = first?.text === 'weight' && second?.text === 'reverse' ? second : undefined;
        const word = bare ?? inPlace;
        if (word === undefined) return [];
        const fix = replace(
          'Write weight 0 reverse',
          word.at,
          bare === undefined ? '0 reverse' : 'weight 0 reverse',
        );
        return [inFile(document, word.at, 'reverse stands without a weight', { fix })];
      }),
    ),
};
