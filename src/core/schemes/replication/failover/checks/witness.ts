import { type Check, passed, verdict } from '../../operation/check';
import { foreignRecord, foreignText } from '../../operation/witnessRecord';
import type { EmergencyContext } from '../context';
import { isPowerOff } from '../fence';

/** With the old primary dead, the witness is the second of two: without it only a power-off makes the new epoch safe. */
export const witness: Check<EmergencyContext> = {
  id: 'witness',
  title: 'The witness answers, or the old primary has no power',
  level: 'block',
  run({ seen, site, method, epochs, fence, mode, target }) {
    if (method === 'keepalived') return passed('hosts without role records need no witness');
    const { name } = site.prometheus;
    const { role } = seen.witness;
    const record = role.known ? role.value.record : undefined;
    const foreign = foreignRecord(site, seen.witness);
    const against = !role.known
      ? [`${name}: the witness record is unknown: ${role.reason}`]
      : record === undefined
        ? [`${name} holds no witness record`]
        : foreign !== undefined
          ? [foreignText(site, foreign)]
          : record.epoch < epochs.current
            ? [`${name} knows epoch ${record.epoch}, ${target.name} ${epochs.current}`]
            : [];
    const mild =
      isPowerOff(fence) ||
      mode === 'half-way' ||
      (record !== undefined && foreign === undefined && against.length > 0);
    return verdict(
      against,
      mild
        ? `The site stays epoch-unconfirmed until ${name} answers: then the guard of ${target.name} brings it up to date.`
        : `Two of three records can't be had. Bring ${name} back; or switch the old primary off, look, and attest that.`,
      [`${name}: epoch ${record?.epoch ?? 0}`],
      mild ? 'warn' : 'block',
    );
  },
};
