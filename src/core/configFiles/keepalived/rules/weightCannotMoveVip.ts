import { inFile } from '../../place';
import { valueOf } from '../instance';
import type { KeepalivedRule } from '../rule';
import { holdsOn, tracked } from '../tracking';

export const weightCannotMoveVip: KeepalivedRule = {
  code: 'keepalived-weight-cannot-move-vip',
  severity: 'warning',
  why: 'A weight changes the priority only, and with nopreempt no priority takes the VIP from its holder: the check can fail for ever and the VIP stays. Measured with keepalived 2.3.4 for weights of 2, 10 and -10.',
  remedy:
    'Let the VIP follow the role (`track_file` with `weight 0 reverse`, as the hardened profile renders it), or remove nopreempt and use a weight greater than the gap between the priorities.',
  check: (document) =>
    [...tracked(document, 'track_script'), ...tracked(document, 'track_process')].flatMap(
      ({ instance, definition, name, weight }) => {
        const nopreempt = holdsOn(instance);
        if (nopreempt === undefined || weight === undefined || weight === 0) return [];
        const at = valueOf(definition, 'weight')?.at ?? name.at;
        return [
          inFile(document, at, `weight ${weight} cannot move the VIP: nopreempt keeps it where it is`, {
            related: [
              { at: nopreempt.at, message: 'nopreempt' },
              { at: name.at, message: 'tracked here' },
            ],
          }),
        ];
      },
    ),
};
