import { type Check, need, verdict } from '../../operation/check';
import type { RejoinContext } from '../context';

export const access: Check<RejoinContext> = {
  id: 'access',
  title: 'Both controllers can be reached and administered',
  level: 'block',
  run({ seen, host, primary }) {
    const against: string[] = [];
    for (const [name, facts] of [
      [host.name, seen.host],
      [primary.name, seen.primary],
    ] as const) {
      if (!facts.reachable.known) {
        against.push(`${name} cannot be reached: ${facts.reachable.reason}`);
        continue;
      }
      if (!need(facts.privileged, name, 'root access'))
        against.push(`${name}: commands cannot be run as root`);
      const missing = need(facts.missingPrograms, name, 'the list of programs');
      if (missing.length > 0) against.push(`${name} lacks ${missing.join(', ')}`);
      if (!facts.mysql.known) {
        against.push(`${name}: MySQL does not answer as administrator: ${facts.mysql.reason}`);
      }
    }
    return verdict(
      against,
      `${host.name} must be up, with a MySQL that runs (an empty one is enough). Start it, then plan again.`,
      [`${host.name} and ${primary.name}: ssh, root, programs and MySQL administrator are there`],
    );
  },
};
