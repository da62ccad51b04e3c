import { inFile, replace } from '../../place';
import { instancesOf, numberOf, valueOf, versionOf } from '../instance';
import type { KeepalivedRule } from '../rule';

export const advertFraction: KeepalivedRule = {
  code: 'keepalived-advert-fraction',
  severity: 'error',
  why: 'VRRP version 2, the default, counts whole seconds. keepalived rounds, its check of the file fails, and a peer that does not round drops the packets.',
  remedy: 'Use whole seconds, or `version 3` on both controllers.',
  check: (document) =>
    instancesOf(document).flatMap((instance) => {
      const word = valueOf(instance, 'advert_int');
      const seconds = numberOf(word);
      if (
        word === undefined ||
        seconds === undefined ||
        Number.isInteger(seconds) ||
        versionOf(document, instance) !== 2
      )
        return [];
      const fix = replace('Use whole seconds', word.at, String(Math.max(1, Math.round(seconds))));
      return [inFile(document, word.at, `version 2 cannot send every ${word.text} seconds`, { fix })];
    }),
};
