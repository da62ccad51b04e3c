import { inFile } from '../../place';
import { linesOf, nameOf, nameRange, valueOf } from '../instance';
import type { KeepalivedRule } from '../rule';

const NEEDS: Readonly<Record<string, string>> = {
  vrrp_script: 'script',
  track_file: 'file',
  vrrp_track_file: 'file',
  vrrp_track_process: 'process',
};

export const checkIncomplete: KeepalivedRule = {
  code: 'keepalived-check-incomplete',
  severity: 'error',
  why: 'keepalived removes a check that says not what to look at, and whatever tracks it is tracked by nothing.',
  remedy: 'Say what is to be looked at.',
  check: (document) =>
    Object.entries(NEEDS).flatMap(([block, keyword]) =>
      linesOf(document.root, block)
        .filter((one) => valueOf(one, keyword) === undefined)
        .map((one) => inFile(document, nameRange(one), `${block} ${nameOf(one)} has no ${keyword}`)),
    ),
};
