import { inFile, replace } from '../../place';
import { nearest } from '../../../inventory/nearest';
import { instancesOf, isDynamic, linesOf } from '../instance';
import type { KeepalivedRule } from '../rule';

const VALUES: Readonly<Record<string, readonly string[]>> = {
  state: ['MASTER', 'BACKUP'],
  auth_type: ['PASS', 'AH'],
};

export const valueUnknown: KeepalivedRule = {
  code: 'keepalived-value-unknown',
  severity: 'error',
  why: 'keepalived ignores the line: an unknown state is BACKUP, an unknown auth_type means no authentication.',
  remedy: 'Write one of the values that are named.',
  check: (document) =>
    instancesOf(document)
      .flatMap((instance) => [
        ...linesOf(instance, 'state'),
        ...linesOf(instance, 'authentication').flatMap((block) => linesOf(block, 'auth_type')),
      ])
      .flatMap(({ words: [keyword, value] }) => {
        const allowed = VALUES[keyword?.text ?? ''] ?? [];
        if (value === undefined || isDynamic(value) || allowed.includes(value.text)) return [];
        const meant = nearest(value.text, allowed);
        const fix = meant === undefined ? undefined : replace(`Change to ${meant}`, value.at, meant);
        return [
          inFile(document, value.at, `${value.text.slice(0, 40)} is none of ${allowed.join(', ')}`, { fix }),
        ];
      }),
};
