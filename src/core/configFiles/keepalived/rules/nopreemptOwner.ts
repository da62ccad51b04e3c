import { inFile, replace } from '../../place';
import { instancesOf, lineOf, numberOf, valueOf } from '../instance';
import type { KeepalivedRule } from '../rule';

export const nopreemptOwner: KeepalivedRule = {
  code: 'keepalived-nopreempt-owner',
  severity: 'error',
  why: 'Priority 255 means the owner of the address, who always takes it: keepalived drops nopreempt, so a host that comes back takes the VIP from the one that works.',
  remedy: 'Use a priority from 1 to 254.',
  check: (document) =>
    instancesOf(document).flatMap((instance) => {
      const word = valueOf(instance, 'priority');
      const nopreempt = lineOf(instance, 'nopreempt')?.words[0];
      if (word === undefined || nopreempt === undefined || numberOf(word) !== 255) return [];
      const fix = replace('Change to 254', word.at, '254');
      return [
        inFile(document, word.at, 'with priority 255 nopreempt has no effect', {
          fix,
          related: [{ at: nopreempt.at, message: 'this is dropped' }],
        }),
      ];
    }),
};
