import { at, hardened, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const documentedSnatLeftBehind: ReplicationRule = {
  code: 'documented-snat-left-behind',
  severity: 'warning',
  why: 'The documented notify script ignores STOP: when keepalived stops or crashes, its host goes on rewriting connections to an address it lost. Outgoing ssh and MySQL time out, and the rejoin by CLONE fails (3862).',
  remedy: 'Use `profile: hardened`, whose script decides by the address that is there.',
  check(draft) {
    return isDocumented(draft)
      ? [
          at(draft, ['profile'], 'in the documented profile SNAT stays behind when keepalived stops', {
            fix: hardened(draft),
          }),
        ]
      : [];
  },
};
