import { type Check, verdict } from '../../operation/check';
import { roleOf } from '../../state/roles';
import type { RejoinContext } from '../context';

/** The donor must be the primary, beyond doubt: a copy of anything else would destroy what is good. */
export const primaryClear: Check<RejoinContext> = {
  id: 'primary-clear',
  title: 'The other controller is the primary',
  level: 'block',
  run({ site, observation, host, primary }) {
    const here = roleOf(site, observation, host.name);
    const there = roleOf(site, observation, primary.name);
    const against: string[] = [];
    if (here.role === 'primary') against.push(`${host.name} is the primary itself`);
    if (there.role !== 'primary') {
      against.push(`${primary.name} is not clearly the primary: ${there.reasons.join('; ')}`);
    }
    return verdict(
      against,
      `A host is brought back from a primary that is one in every respect: writable, holding ${site.vip}, running cmon. Put ${primary.name} right first, or choose the other host.`,
      there.reasons.map((reason) => `${primary.name}: ${reason}`),
    );
  },
};
