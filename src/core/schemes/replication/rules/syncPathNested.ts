import { removeItem } from '../../../inventory/edits';
import { at } from './rule';
import type { ReplicationRule } from './rule';

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

export const syncPathNested: ReplicationRule = {
  code: 'sync-path-nested',
  severity: 'error',
  why: 'The inner one is copied twice, by two processes that race each other.',
  remedy: 'Keep the outer one.',
  check(draft) {
    const paths = draft.value.sync?.directories ?? [];
    return paths.flatMap((path, index) => {
      const outer = paths.find((other, place) => {
        const same = withSlash(path) === withSlash(other);
        return same ? place < index : path.startsWith(withSlash(other));
      });
      if (outer === undefined) return [];
      const where = ['sync', 'directories', index];
      const message = `${path} is inside of ${outer}`;
      return [at(draft, where, message, { fix: removeItem(draft.entry, where, `Remove ${path}`) })];
    });
  },
};
