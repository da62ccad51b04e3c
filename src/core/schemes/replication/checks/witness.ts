import { type Check, passed, need, verdict } from '../operation/check';
import { foreignRecord, foreignRemedy, foreignText } from '../operation/witnessRecord';

/** Two of three records make an epoch. A planned promotion has both controllers, so a missing witness only warns. */
export const witness: Check = {
  id: 'witness',
  title: 'The witness answers and is up to date',
  level: 'warn',
  run({ seen, site, method, epochs }) {
    if (method === 'keepalived') {
      return passed('hosts without role records need no witness');
    }
    const name = site.prometheus.name;
    const record = need(seen.witness.role, name, 'the witness record').record;
    const foreign = foreignRecord(site, seen.witness);
    if (foreign !== undefined) return verdict([foreignText(site, foreign)], foreignRemedy(site), []);
    return verdict(
      record === undefined
        ? [`${name} holds no witness record`]
        : record.epoch < epochs.current
          ? [`${name} knows epoch ${record.epoch}, the controllers ${epochs.current}`]
          : [],
      `Until ${name} is back, a failover would need a verified power-off.`,
      [`${name}: epoch ${record?.epoch ?? 0}`],
    );
  },
};
