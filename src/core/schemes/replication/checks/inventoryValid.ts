import { type Check, passed } from '../operation/check';
import { roleOf } from '../state/roles';

/** The target must be the standby: promoting the primary is a mistake, not a plan. */
export const inventoryValid: Check = {
  id: 'inventory-valid',
  title: 'The target is a standby of this site',
  level: 'block',
  run({ site, observation, target, source }) {
    if (roleOf(site, observation, target.name).role === 'primary') {
      return {
        outcome: 'fired',
        evidence: [`${target.name} is the primary already`],
        remedy: `Choose ${source.name}, or leave things as they are.`,
      };
    }
    return passed(`${target.name} is not the primary; ${source.name} is the other controller`);
  },
};
