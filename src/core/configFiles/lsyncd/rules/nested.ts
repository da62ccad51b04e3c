import { inFile } from '../../place';
import { copiesOnlyNamed } from '../filters';
import { sourceOf, targetOf } from '../paths';
import { once } from '../rule';
import type { LsyncdRule } from '../rule';

export const nested: LsyncdRule = {
  code: 'lsyncd-sync-nested',
  severity: 'warning',
  why: 'Each change below the inner folder is copied twice, in two processes at once, and what one of them excludes the other copies or deletes.',
  remedy: 'Keep the outer one, or exclude the inner folder from it.',
  check: (document) =>
    once(
      document.syncs.flatMap((inner) => {
        const source = sourceOf(inner);
        const outer = document.syncs.find((other) => {
          const outside = sourceOf(other);
          return (
            source !== undefined &&
            outside !== undefined &&
            other !== inner &&
            !copiesOnlyNamed(other) &&
            !('exclude' in Object.fromEntries(other.table.fields.map(({ key }) => [key ?? '', true]))) &&
            source.path.startsWith(outside.path) &&
            (source.path !== outside.path ||
              (targetOf(other) === targetOf(inner) && other.at.start < inner.at.start))
          );
        });
        const outside = outer && sourceOf(outer);
        return source === undefined || outside === undefined
          ? []
          : [
              inFile(
                document,
                source.at,
                `${source.path} is inside of ${outside.path}, which is copied too`,
                { related: [{ at: outside.at, message: 'the outer one' }] },
              ),
            ];
      }),
    ),
};
