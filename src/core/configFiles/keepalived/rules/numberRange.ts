import type { Occurrence } from '../../../findings/rule';
import { inFile } from '../../place';
import type { Block, KeepalivedDocument } from '../document';
import { instancesOf, isDynamic, linesOf, numberOf, versionOf } from '../instance';
import type { KeepalivedRule } from '../rule';
import type { Word } from '../words';

type Limits = readonly [least: number, most: number];

/** What keepalived 2.3.4 says of itself: "number '300' outside range [1, 255]". */
const INSTANCE: Readonly<Record<string, Limits>> = {
  priority: [1, 255],
  virtual_router_id: [1, 255],
  version: [2, 3],
  advert_int: [0.01, 255],
};
/** 12 bits of centiseconds in the packet of version 3. */
const LONGEST_V3_SECONDS = 40.95;
const WEIGHTS: Readonly<Record<string, Limits>> = {
  vrrp_script: [-253, 253],
  track_file: [-254, 254],
  vrrp_track_file: [-254, 254],
  vrrp_track_process: [-254, 254],
};

function outside(document: KeepalivedDocument, word: Word | undefined, limits: Limits): Occurrence[] {
  if (word === undefined || isDynamic(word)) return [];
  const value = numberOf(word);
  if (value === undefined)
    return [inFile(document, word.at, `${JSON.stringify(word.text.slice(0, 40))} is no number`)];
  const [least, most] = limits;
  return value < least || value > most
    ? [inFile(document, word.at, `${word.text} is outside of ${least} to ${most}`)]
    : [];
}

function ofInstance(document: KeepalivedDocument, instance: Block): Occurrence[] {
  const limits =
    versionOf(document, instance) === 3
      ? { ...INSTANCE, advert_int: [0.01, LONGEST_V3_SECONDS] as const }
      : INSTANCE;
  return Object.entries(limits).flatMap(([keyword, range]) =>
    linesOf(instance, keyword).flatMap(({ words }) => outside(document, words[1], range)),
  );
}

export const numberRange: KeepalivedRule = {
  code: 'keepalived-number-range',
  severity: 'error',
  why: 'keepalived does not take the number and runs with another one: a priority becomes 100, a virtual router id none, a weight 0.',
  remedy: 'Write a number within the limits.',
  check: (document) => [
    ...instancesOf(document).flatMap((instance) => ofInstance(document, instance)),
    ...Object.entries(WEIGHTS).flatMap(([block, range]) =>
      linesOf(document.root, block)
        .flatMap((one) => linesOf(one, 'weight'))
        .flatMap(({ words }) => outside(document, words[1], range)),
    ),
  ],
};
