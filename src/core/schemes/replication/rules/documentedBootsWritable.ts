import { at, hardened, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const documentedBootsWritable: ReplicationRule = {
  code: 'documented-boots-writable',
  severity: 'warning',
  why: 'SET GLOBAL read_only is lost at a restart: a rebooted standby, and an old primary that comes back, accept writes.',
  remedy: 'Use `profile: hardened`, where both boot read-only and the guard opens one.',
  check(draft) {
    return isDocumented(draft)
      ? [
          at(draft, ['profile'], 'in the documented profile a reboot makes MySQL writable', {
            fix: hardened(draft),
          }),
        ]
      : [];
  },
};
