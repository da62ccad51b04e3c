import { inFile } from '../../place';
import { numberOf, valueOf } from '../instance';
import type { KeepalivedRule } from '../rule';
import { holdsOn, tracked } from '../tracking';

/** The documented priorities are 105 and 100. */
const DOCUMENTED_GAP = 5;

export const weightNeedsGap: KeepalivedRule = {
  code: 'keepalived-weight-needs-gap',
  severity: 'warning',
  why: 'Without nopreempt the VIP moves when the weight is greater than the gap between the two priorities, and not before. Measured: weight 2 with priorities 105 and 100 never moves it, weight 10 does in 4 s.',
  remedy: 'Use a weight greater than the gap to the priority of the other controller, in both files.',
  check: (document) =>
    tracked(document, 'track_script').flatMap(({ instance, definition, name, weight }) => {
      const priority = numberOf(valueOf(instance, 'priority'));
      if (holdsOn(instance) !== undefined || weight === undefined || weight === 0 || priority === undefined)
        return [];
      if (Math.abs(weight) > DOCUMENTED_GAP) return [];
      const at = valueOf(definition, 'weight')?.at ?? name.at;
      return [
        inFile(
          document,
          at,
          `weight ${weight} moves the VIP only if the other priority is nearer to ${priority} than that`,
        ),
      ];
    }),
};
