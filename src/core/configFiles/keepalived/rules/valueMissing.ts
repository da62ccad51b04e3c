import { inFile } from '../../place';
import { instancesOf, linesOf } from '../instance';
import type { KeepalivedRule } from '../rule';

/** Keywords of an instance that are nothing without a value. */
const WITH_VALUE = ['state', 'interface', 'virtual_router_id', 'priority', 'advert_int', 'version', 'notify'];

export const valueMissing: KeepalivedRule = {
  code: 'keepalived-value-missing',
  severity: 'error',
  why: 'keepalived does not start with a keyword that lacks its value.',
  remedy: 'Write the value, or remove the line.',
  check: (document) =>
    [
      ...instancesOf(document).flatMap((instance) => linesOf(instance, ...WITH_VALUE)),
      ...linesOf(document.root, 'vrrp_instance', 'vrrp_script', 'track_file', 'vrrp_track_file'),
    ].flatMap(({ words: [keyword, value] }) =>
      keyword !== undefined && value === undefined
        ? [inFile(document, keyword.at, `${keyword.text} has no value`)]
        : [],
    ),
};
