import { roleOf } from '../state/roles';
import { type Check, verdict } from '../operation/check';

/** Four votes (read-only, channel, VIP, cmon with lsyncd) and the role records must name the same primary. */
export const rolesAgree: Check = {
  id: 'roles-agree',
  title: 'Everything names the same primary',
  level: 'block',
  run({ site, observation, source, target }) {
    const sourceRole = roleOf(site, observation, source.name);
    const targetRole = roleOf(site, observation, target.name);
    const against: string[] = [];
    if (sourceRole.role !== 'primary') {
      against.push(`${source.name} is not clearly the primary: ${sourceRole.reasons.join('; ')}`);
    }
    if (targetRole.role !== 'standby') {
      against.push(`${target.name} is not clearly the standby: ${targetRole.reasons.join('; ')}`);
    }
    return verdict(
      against,
      'Look at the two hosts: a database, a virtual IP and services that disagree must be put right by hand before roles are moved.',
      [
        ...sourceRole.reasons.map((r) => `${source.name}: ${r}`),
        ...targetRole.reasons.map((r) => `${target.name}: ${r}`),
      ],
    );
  },
};
