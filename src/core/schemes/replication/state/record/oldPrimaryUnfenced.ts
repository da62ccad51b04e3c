import { onHost, mysqlOf, isWritable, isGone } from '../rule';
import type { StateRule } from '../rule';

export const oldPrimaryUnfenced: StateRule = {
  code: 'old-primary-unfenced',
  severity: 'error',
  part: 'role',
  why: 'When the old primary comes back it opens by itself and accepts writes: nothing on hosts of the documented profile stops it.',
  remedy:
    'Do not power it on, or cut it from the network first. Then prepare it as a secondary. The hardened profile closes this hole.',
  check(view) {
    const { primary, standby: other } = view;
    const now = mysqlOf(primary);
    if (primary === undefined || other === undefined || now === undefined || !isWritable(now)) return [];
    if (primary.role.likely !== 'primary') return [];
    if (isGone(other)) {
      const bare = primary.seen.role.known && primary.seen.role.value.record === undefined;
      return bare
        ? [
            onHost(
              view,
              other.name,
              `${other.name} is away, and no role record keeps it closed when it returns`,
            ),
          ]
        : [];
    }
    const old = mysqlOf(other);
    return old !== undefined && old.replica === undefined && isWritable(old)
      ? [
          onHost(
            view,
            other.name,
            `${other.name} is open and replicates from nobody, while ${primary.name} is the primary`,
          ),
        ]
      : [];
  },
};
