import { at } from './rule';
import type { ReplicationRule } from './rule';

export const syncPathSlash: ReplicationRule = {
  code: 'sync-path-slash',
  severity: 'error',
  why: 'rsync reads the slash: with it the contents are meant, without it the folder itself, which would land inside of its copy.',
  remedy: 'End a directory with a slash, and a file without one.',
  check(draft) {
    const { sync } = draft.value;
    return [
      ...(sync?.directories ?? []).flatMap((path, index) => {
        if (path.endsWith('/')) return [];
        const where = ['sync', 'directories', index];
        const range = draft.entry.document.rangeOf([...draft.entry.path, ...where]);
        const fix = { title: 'Add the slash', edits: [{ range, newText: `${path}/` }] };
        return [at(draft, where, `${path} has no slash at its end`, { fix })];
      }),
      ...(sync?.files ?? []).flatMap((path, index) =>
        path.endsWith('/') ? [at(draft, ['sync', 'files', index], `${path} is a directory`)] : [],
      ),
    ];
  },
};
