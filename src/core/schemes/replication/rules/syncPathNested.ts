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
      const outer = paths.find((other, place) => place !== index && path.startsWith(withSlash(other)));
      return outer === undefined
        ? []
        : [at(draft, ['sync', 'directories', index], `${path} is inside of ${outer}`)];
    });
  },
};
