import { type Check, verdict } from '../../operation/check';
import type { EmergencyContext } from '../context';

/** Silence is no death where the asker is the one that is cut off. */
export const selfCut: Check<EmergencyContext> = {
  id: 'self-cut',
  title: 'It is not we who are cut off',
  level: 'acknowledge',
  run({ life, seen, site, target }) {
    const witness = site.prometheus.name;
    const against: string[] = [];
    if (!seen.witness.reachable.known) {
      against.push(`this machine does not reach ${witness}: ${seen.witness.reachable.reason}`);
    }
    for (const { from, gateway } of life.places) {
      if (gateway === false) against.push(`${from} does not reach its gateway`);
    }
    const gateways = life.places
      .filter(({ gateway }) => gateway === true)
      .map(({ from }) => `${from} reaches its gateway`);
    return verdict(
      against,
      `Make sure that ${target.name} is not the part that is cut off: then the users are where you do not see them.`,
      [`this machine reaches ${witness} and ${target.name}`, ...gateways],
    );
  },
};
