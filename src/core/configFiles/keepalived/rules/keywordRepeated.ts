import { inFile, removal, replace } from '../../place';
import { instancesOf, linesOf, wholeRange } from '../instance';
import type { KeepalivedRule } from '../rule';

const ONCE = [
  'state',
  'interface',
  'virtual_router_id',
  'priority',
  'advert_int',
  'version',
  'notify',
  'preempt_delay',
];

export const keywordRepeated: KeepalivedRule = {
  code: 'keepalived-keyword-repeated',
  severity: 'warning',
  why: 'keepalived takes the last of several, and says nothing.',
  remedy: 'Keep one.',
  check: (document) =>
    instancesOf(document).flatMap((instance) =>
      ONCE.flatMap((keyword) => {
        const lines = linesOf(instance, keyword);
        const last = lines[lines.length - 1]?.words[0];
        return lines.slice(0, -1).flatMap((line) => {
          const [word] = line.words;
          if (word === undefined || last === undefined) return [];
          const fix = replace(`Remove this ${keyword}`, removal(document.text, wholeRange(line)), '');
          return [
            inFile(document, word.at, `another ${keyword} below is the one that holds`, {
              fix,
              related: [{ at: last.at, message: 'this one holds' }],
            }),
          ];
        });
      }),
    ),
};
