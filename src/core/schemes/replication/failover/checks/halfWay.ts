import { type Check, passed, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';

/** Half-way is for one case: the host answers, its MySQL does not. Where MySQL lives the planned way loses nothing. */
export const halfWay: Check<EmergencyContext> = {
  id: 'half-way',
  title: 'The host of the old primary lives, its MySQL does not',
  level: 'block',
  run({ seen, source, target, method }) {
    if (method !== 'role-flag') {
      return verdict(
        ['hosts of the documented profile have nothing that keeps a returning MySQL closed'],
        `Switch ${source.name} off and plan without \`--mode half-way\`.`,
        [],
      );
    }
    const against: string[] = [];
    if (!seen.source.reachable.known) {
      against.push(`${source.name} cannot be reached: ${seen.source.reachable.reason}`);
    } else if (!(seen.source.privileged.known && seen.source.privileged.value)) {
      against.push(`${source.name}: commands cannot be run as root`);
    }
    if (seen.source.mysql.known) against.push(`MySQL of ${source.name} answers`);
    return against.length === 0
      ? passed(
          `${source.name} answers over ssh as root`,
          `its MySQL does not: ${seen.source.mysql.known ? '' : seen.source.mysql.reason}`,
        )
      : verdict(
          against,
          `Where MySQL answers: \`plan promote ${target.name}\`. Where the host does not: plan without \`--mode half-way\`.`,
          [],
        );
  },
};
