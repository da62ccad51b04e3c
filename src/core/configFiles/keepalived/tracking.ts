import type { Block, KeepalivedDocument } from './document';
import { instancesOf, lineOf, linesOf, nameOf, numberOf, valueOf } from './instance';
import type { Word } from './words';

/** A check that an instance tracks, with the weight that holds there. */
export interface Tracked {
  readonly instance: Block;
  readonly definition: Block;
  /** Where the instance names it. */
  readonly name: Word;
  /** 0: the instance goes to FAULT when the check fails. Undefined: can't be read. */
  readonly weight: number | undefined;
}

export function tracked(
  document: KeepalivedDocument,
  keyword: 'track_script' | 'track_process',
): readonly Tracked[] {
  const definitions = linesOf(
    document.root,
    keyword === 'track_script' ? 'vrrp_script' : 'vrrp_track_process',
  );
  return instancesOf(document).flatMap((instance) =>
    linesOf(instance, keyword)
      .flatMap(({ children }) => children)
      .flatMap(({ words }) => {
        const [name] = words;
        const definition = definitions.find((one) => nameOf(one) === name?.text);
        if (name === undefined || definition === undefined) return [];
        const at = words.findIndex(({ text }) => text === 'weight');
        const word = at > 0 ? words[at + 1] : valueOf(definition, 'weight');
        return [{ instance, definition, name, weight: word === undefined ? 0 : numberOf(word) }];
      }),
  );
}

/** nopreempt, where it has an effect. */
export function holdsOn(instance: Block): Word | undefined {
  const word = lineOf(instance, 'nopreempt')?.words[0];
  return valueOf(instance, 'state')?.text === 'MASTER' || numberOf(valueOf(instance, 'priority')) === 255
    ? undefined
    : word;
}
