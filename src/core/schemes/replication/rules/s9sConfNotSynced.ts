import type { TextFix } from '../../../findings/finding';
import { insertItem, insertKey, replaceValue } from '../../../inventory/edits';
import { SYNC_FILES } from '../defaults';
import { at, isDocumented } from './rule';
import type { ReplicationDraft, ReplicationRule } from './rule';

export const s9sConfNotSynced: ReplicationRule = {
  code: 's9s-conf-not-synced',
  severity: 'warning',
  why: 'The documentation lists s9s.cnf, which exists nowhere: /etc/s9s.conf is then never copied, and the command line tools of the standby keep an old login.',
  remedy: 'List /etc/s9s.conf in sync.files.',
  check(draft) {
    const files = draft.value.sync?.files ?? SYNC_FILES[isDocumented(draft) ? 'documented' : 'hardened'];
    const path = draft.value.sync?.files === undefined ? ['profile'] : ['sync', 'files'];
    return files.includes('/etc/s9s.conf')
      ? []
      : [at(draft, path, '/etc/s9s.conf is not copied to the standby', { fix: fix(draft) })];
  },
};

/** The name that was meant in the place of the wrong one, else one item more, else the whole list. */
function fix({ entry, value }: ReplicationDraft): TextFix | undefined {
  const title = 'Copy /etc/s9s.conf';
  const files = value.sync?.files;
  const wrong = files?.indexOf('/etc/s9s.cnf') ?? -1;
  if (wrong >= 0) return replaceValue(entry, ['sync', 'files', wrong], '/etc/s9s.conf', title);
  if (files !== undefined) return insertItem(entry, ['sync', 'files'], '/etc/s9s.conf', title);
  const list = `files: [${SYNC_FILES.hardened.join(', ')}]`;
  return value.sync === undefined
    ? insertKey(entry, [], `sync: { ${list} }`, title)
    : insertKey(entry, ['sync'], list, title);
}
