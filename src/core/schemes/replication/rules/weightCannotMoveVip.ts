import { at, hardened, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const weightCannotMoveVip: ReplicationRule = {
  code: 'weight-cannot-move-vip',
  severity: 'warning',
  why: 'The documented weight of 2 is smaller than a gap of 5 between the priorities, and nopreempt makes any weight void: when cmon stops on one host and starts on the other, the VIP stays where it was. Measured with keepalived 2.3.4.',
  remedy:
    'Use `profile: hardened`, where the VIP follows the role. Until then the VIP moves when keepalived is stopped on its holder.',
  check(draft) {
    return isDocumented(draft)
      ? [
          at(draft, ['profile'], 'in the documented profile the VIP does not follow cmon', {
            fix: hardened(draft),
          }),
        ]
      : [];
  },
};
