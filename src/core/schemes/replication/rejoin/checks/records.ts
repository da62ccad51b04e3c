import { type Check, need, passed, UnknownFact, verdict } from '../../operation/check';
import type { RejoinContext } from '../context';

/** The host becomes a standby of the epoch that its primary and one other of the three hold. */
export const records: Check<RejoinContext> = {
  id: 'records',
  title: 'The role records name this primary',
  level: 'block',
  run({ seen, host, primary, site, method }) {
    if (method === 'keepalived') return passed('hosts without role records need none');
    const own = need(seen.primary.role, primary.name, 'the role record').record;
    const here = need(seen.host.role, host.name, 'the role record').record;
    if (own === undefined) throw new UnknownFact(`${primary.name} has no role record`);
    const against: string[] = [];
    if (here !== undefined && here.epoch > own.epoch) {
      against.push(`${host.name} knows epoch ${here.epoch}, ${primary.name} only ${own.epoch}`);
    }
    if (here?.role === 'primary') {
      against.push(`${host.name} is primary of epoch ${here.epoch} by its own record`);
    }
    const remedy = `Its guard writes what it is as soon as it hears ${primary.name} or ${site.prometheus.name}. Look at the findings of its record.`;
    return verdict(against, remedy, [`epoch ${own.epoch} of ${primary.name}`]);
  },
};
