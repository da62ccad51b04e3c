import { inFile } from '../../place';
import { once, usesRsync } from '../rule';
import type { LsyncdRule } from '../rule';
import { fieldOf } from '../value';

export const syncIncomplete: LsyncdRule = {
  code: 'lsyncd-sync-incomplete',
  severity: 'error',
  why: 'lsyncd ends with 255 when one sync says not from where or where to, or when there is none: nothing is copied, of the others neither.',
  remedy: 'Give each sync its source and its target (for rsyncssh: host and targetdir).',
  check(document) {
    if (document.syncs.length === 0 && !document.dynamic && document.problems.length === 0) {
      return [
        inFile(
          document,
          document.settings?.at ?? { start: 0, end: Math.min(1, document.text.length) },
          'there is nothing to watch: the file has no sync',
        ),
      ];
    }
    return once(
      document.syncs.filter(usesRsync).flatMap(({ at, layer, table }) => {
        const needed = layer === 'default.rsyncssh' ? ['source', 'host', 'targetdir'] : ['source', 'target'];
        const missing = needed.filter((key) => fieldOf(table, key) === undefined);
        return missing.length === 0
          ? []
          : [inFile(document, at, `this sync has no ${missing.join(', no ')}`)];
      }),
    );
  },
};
