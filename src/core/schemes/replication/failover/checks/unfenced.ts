import { type Check, passed, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';

/** Nothing on documented hosts keeps a returning primary closed: a person has to. */
export const unfenced: Check<EmergencyContext> = {
  id: 'old-primary-unfenced',
  title: 'The old primary stays closed when it returns',
  level: 'acknowledge',
  run({ method, source }) {
    if (method === 'role-flag')
      return passed(`the guard of ${source.name} keeps it closed: its epoch is old`);
    return verdict(
      [`${source.name} comes back writable, with its services, and may take the virtual IP`],
      `Do not power ${source.name} on, or cut it from the network first, until it is prepared as a secondary. The hardened profile closes this hole.`,
      [],
    );
  },
};
