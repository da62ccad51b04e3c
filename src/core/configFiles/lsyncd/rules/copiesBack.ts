import { inFile } from '../../place';
import { sourceOf, targetOf } from '../paths';
import { once } from '../rule';
import type { LsyncdRule } from '../rule';

export const copiesBack: LsyncdRule = {
  code: 'lsyncd-copies-back',
  severity: 'error',
  why: 'What is copied here is copied back there: with deletion each side takes away what the other one just wrote, in a circle.',
  remedy: 'Copy in one direction, from the primary.',
  check: (document) =>
    once(
      document.syncs.flatMap((sync) => {
        const source = sourceOf(sync);
        const back = document.syncs.find((other) => {
          const other1 = sourceOf(other);
          const target = targetOf(sync);
          return (
            other !== sync &&
            source !== undefined &&
            targetOf(other) === source.path &&
            other1?.path === target
          );
        });
        const self = source !== undefined && targetOf(sync) === source.path;
        const at = back && sourceOf(back)?.at;
        if (source === undefined || (!self && at === undefined)) return [];
        return [
          inFile(
            document,
            source.at,
            self ? 'source and target are one folder' : 'another sync copies this back',
            { related: at === undefined ? [] : [{ at, message: 'the way back' }] },
          ),
        ];
      }),
    ),
};
