import { type Check, passed, verdict } from '../../operation/check';
import { type EmergencyContext, sourceHeld } from '../context';

/**
 * Half-way is for hosts that answer and serve nobody: their MySQL is dead, or they were closed by hand and are held so. Where
 * MySQL lives and is open the planned way loses nothing.
 */
export const halfWay: Check<EmergencyContext> = {
  id: 'half-way',
  title: 'The host of the old primary lives, its MySQL is dead or was closed by hand',
  level: 'block',
  run(context) {
    const { seen, source, target, method } = context;
    const held = sourceHeld(context);
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
    if (seen.source.mysql.known && !held) against.push(`MySQL of ${source.name} answers`);
    return against.length === 0
      ? passed(
          `${source.name} answers over ssh as root`,
          seen.source.mysql.known
            ? `it was closed by hand: its MySQL takes no writes, and a hold keeps it so`
            : `its MySQL does not: ${seen.source.mysql.reason}`,
        )
      : verdict(
          against,
          `Where MySQL answers and is open: \`plan promote ${target.name}\`; if it misbehaves, close ${source.name} first ("Close This Host"). Where the host does not: plan without \`--mode half-way\`.`,
          [],
        );
  },
};
