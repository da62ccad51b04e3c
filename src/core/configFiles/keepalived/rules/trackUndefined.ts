import { inFile, replace } from '../../place';
import { nearest } from '../../../inventory/nearest';
import type { KeepalivedDocument } from '../document';
import { includes, instancesOf, isDynamic, linesOf, nameOf } from '../instance';
import type { KeepalivedRule } from '../rule';

const DEFINED_BY: Readonly<Record<string, readonly string[]>> = {
  track_script: ['vrrp_script'],
  track_file: ['track_file', 'vrrp_track_file'],
  track_process: ['vrrp_track_process'],
};

function ofKind(document: KeepalivedDocument, keyword: string, definitions: readonly string[]) {
  const defined = linesOf(document.root, ...definitions).map(nameOf);
  return [...instancesOf(document), ...linesOf(document.root, 'vrrp_sync_group')]
    .flatMap((block) => linesOf(block, keyword))
    .flatMap(({ children }) => children)
    .flatMap(({ words: [name] }) => {
      if (name === undefined || isDynamic(name) || defined.includes(name.text)) return [];
      const meant = nearest(name.text, defined);
      const fix = meant === undefined ? undefined : replace(`Change to ${meant}`, name.at, meant);
      return [
        inFile(document, name.at, `there is no ${definitions[0] ?? ''} ${name.text.slice(0, 60)}`, { fix }),
      ];
    });
}

export const trackUndefined: KeepalivedRule = {
  code: 'keepalived-track-undefined',
  severity: 'error',
  why: 'keepalived ignores what it has no definition for: the VIP is tracked by nothing.',
  remedy: 'Define it, or correct the name.',
  check: (document) =>
    includes(document)
      ? []
      : Object.entries(DEFINED_BY).flatMap(([keyword, definitions]) =>
          ofKind(document, keyword, definitions),
        ),
};
