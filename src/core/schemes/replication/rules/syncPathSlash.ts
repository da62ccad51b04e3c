import { replaceValue } from '../../../inventory/edits';
import { at } from './rule';
import type { ReplicationRule } from './rule';

export const syncPathSlash: ReplicationRule = {
  code: 'sync-path-slash',
  severity: 'error',
  why: 'rsync reads the slash: with it the contents are meant, without it the folder itself, which would land inside of its copy.',
  remedy: 'End a directory with a slash, and a file without one.',
  check(draft) {
    const { entry, value } = draft;
    return [
      ...(value.sync?.directories ?? []).flatMap((path, index) => {
        if (path.endsWith('/')) return [];
        const where = ['sync', 'directories', index];
        const fix = replaceValue(entry, where, `${path}/`, 'Add the slash');
        return [at(draft, where, `${path} has no slash at its end`, { fix })];
      }),
      ...(value.sync?.files ?? []).flatMap((path, index) => {
        if (!path.endsWith('/')) return [];
        const where = ['sync', 'files', index];
        const file = path.slice(0, -1);
        const fix = file === '' ? undefined : replaceValue(entry, where, file, 'Remove the slash');
        return [at(draft, where, `${path} is a directory`, { fix })];
      }),
    ];
  },
};
