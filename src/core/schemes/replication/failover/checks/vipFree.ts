import { type Check, need, UnknownFact, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';

/** Nobody alive may hold the address; on documented hosts the target may, as its keepalived took it when the other died. */
export const vipFree: Check<EmergencyContext> = {
  id: 'vip-holders',
  title: 'Nobody else holds the virtual IP',
  level: 'block',
  run({ seen, site, source, target, method, life, mode }) {
    const here = need(seen.target.addresses, target.name, 'addresses').some(
      ({ address }) => address === site.vip,
    );
    const against = here && method === 'role-flag' ? [`${target.name} holds ${site.vip} as a standby`] : [];
    const answer = life.places.find(({ from }) => from === target.name);
    if (!here && answer?.unasked !== undefined) {
      throw new UnknownFact(`${target.name}: who answers for ${site.vip} is unknown: ${answer.unasked}`);
    }
    // Half-way the old primary may still hold it: its own helper takes it away.
    if (!here && mode === 'emergency' && answer?.vipAt !== undefined) {
      against.push(`${target.name} sees ${site.vip} at ${answer.vipAt}`);
    }
    return verdict(
      against,
      `Find who holds ${site.vip} (\`ip neigh\` on ${target.name}): ${source.name}, or a third machine.`,
      [here ? `${target.name} has taken ${site.vip}` : `nobody answers for ${site.vip}`],
    );
  },
};
