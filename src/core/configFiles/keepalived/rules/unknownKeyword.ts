import type { Occurrence } from '../../../findings/rule';
import { nearest } from '../../../inventory/nearest';
import { inFile, replace } from '../../place';
import type { Block, KeepalivedDocument } from '../document';
import { isDynamic } from '../instance';
import { BLOCK_KEYWORDS, ROOT_KEYWORDS } from '../keywords';
import type { KeepalivedRule } from '../rule';

function unknownIn(
  document: KeepalivedDocument,
  children: readonly Block[],
  known: readonly string[],
): Occurrence[] {
  return children.flatMap((child) => {
    const [keyword] = child.words;
    if (keyword === undefined || isDynamic(keyword)) return [];
    if (known.includes(keyword.text)) {
      const below = BLOCK_KEYWORDS[keyword.text];
      // A name that is a block at the top is a list of values inside of an instance.
      const isBlock = below !== undefined && (known === ROOT_KEYWORDS || keyword.text === 'authentication');
      return isBlock ? unknownIn(document, child.children, below) : [];
    }
    const meant = nearest(keyword.text, known);
    const fix = meant === undefined ? undefined : replace(`Change to ${meant}`, keyword.at, meant);
    const hint = meant === undefined ? '' : `: is ${meant} meant?`;
    return [
      inFile(
        document,
        keyword.at,
        `keepalived does not know ${JSON.stringify(keyword.text.slice(0, 60))} here${hint}`,
        { fix },
      ),
    ];
  });
}

export const unknownKeyword: KeepalivedRule = {
  code: 'keepalived-unknown-keyword',
  severity: 'error',
  why: 'keepalived ignores the line, says so in its log only, and runs with the default instead.',
  remedy: 'Correct or remove the keyword.',
  check: (document) => unknownIn(document, document.root.children, ROOT_KEYWORDS),
};
