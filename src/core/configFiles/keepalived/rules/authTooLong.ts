import { inFile, replace } from '../../place';
import { instancesOf, isDynamic, linesOf } from '../instance';
import type { KeepalivedRule } from '../rule';

const MOST = 8;

export const authTooLong: KeepalivedRule = {
  code: 'keepalived-auth-too-long',
  severity: 'warning',
  why: 'keepalived cuts auth_pass at 8 characters: what stands behind them protects nothing, and another implementation that does not cut drops the packets.',
  remedy: 'Use at most 8 characters. They travel in clear: they keep mistakes out, not attackers.',
  check: (document) =>
    instancesOf(document)
      .flatMap((instance) => linesOf(instance, 'authentication'))
      .flatMap((block) => linesOf(block, 'auth_pass'))
      .flatMap(({ words: [, value] }) => {
        if (value === undefined || value.text.length <= MOST || isDynamic(value) || value.text.includes('{{'))
          return [];
        const fix = replace('Cut to the 8 characters that count', value.at, value.text.slice(0, MOST));
        // The password itself is never repeated.
        return [
          inFile(document, value.at, `auth_pass has ${value.text.length} characters, and ${MOST} count`, {
            fix,
          }),
        ];
      }),
};
