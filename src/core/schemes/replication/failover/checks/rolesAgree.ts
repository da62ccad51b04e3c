import { type Check, verdict } from '../../operation/check';
import { roleOf } from '../../state/roles';
import type { EmergencyContext } from '../context';

/** What can still be asked must name the dead host as primary: the target's own state, its record, and the witness's. */
export const rolesAgree: Check<EmergencyContext> = {
  id: 'roles-agree',
  title: 'Everything that answers names the old primary',
  level: 'acknowledge',
  run({ site, observation, source, target, seen, method }) {
    const { votes } = roleOf(site, observation, target.name);
    // A documented standby has taken the address already.
    const counted = votes.filter(({ about }) => about !== 'vip' || method === 'role-flag');
    const against = counted
      .filter(({ says }) => says !== 'standby')
      .map(({ text }) => `${target.name}: ${text}`);
    const records = [seen.target, seen.witness].flatMap(({ host, role }) =>
      role.known && role.value.record !== undefined ? [{ host, record: role.value.record }] : [],
    );
    for (const { host, record } of records) {
      if (record.primary !== source.name) {
        against.push(
          `${host}: its record names ${record.primary} (epoch ${record.epoch}), not ${source.name}`,
        );
      }
    }
    return verdict(
      against,
      `Find out who was the primary last: if it was not ${source.name}, what ${target.name} has may be old.`,
      [
        ...counted.map(({ text }) => `${target.name}: ${text}`),
        ...records.map(({ host, record }) => `${host}: epoch ${record.epoch} of ${record.primary}`),
      ],
    );
  },
};
