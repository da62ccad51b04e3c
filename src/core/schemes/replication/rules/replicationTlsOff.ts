import { removeKey } from '../../../inventory/edits';
import { at, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const replicationTlsOff: ReplicationRule = {
  code: 'replication-tls-off',
  severity: 'warning',
  why: 'caching_sha2_password without TLS works while the source has the password in its cache, and fails (2061) after its next restart.',
  remedy: 'Remove `tls: false`.',
  check(draft) {
    return !isDocumented(draft) && draft.value.mysql?.tls === false
      ? [
          at(
            draft,
            ['mysql', 'tls'],
            'replication without TLS may fail after the next restart of the source',
            {
              fix: removeKey(draft.entry, ['mysql', 'tls'], 'Remove tls: it is on by default'),
            },
          ),
        ]
      : [];
  },
};
