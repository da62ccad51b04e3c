import { SYNC_FILES } from '../defaults';
import { at, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

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
      : [at(draft, path, '/etc/s9s.conf is not copied to the standby')];
  },
};
