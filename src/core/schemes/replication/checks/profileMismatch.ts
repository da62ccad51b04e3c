import { methodOf } from '../operation/context';
import { type Check, UnknownFact, verdict } from '../operation/check';

/** Hosts that differ from each other or from the inventory are refused: the method of moving the VIP must be one. */
export const profileMismatch: Check = {
  id: 'profile-mismatch',
  title: 'Both controllers are built the same way, as the inventory says',
  level: 'block',
  run({ site, seen, source, target }) {
    const methods = { source: methodOf(seen.source), target: methodOf(seen.target) };
    if (methods.source === undefined || methods.target === undefined) {
      throw new UnknownFact('how keepalived follows the role could not be read on both controllers');
    }
    const expected = site.profile === 'hardened' ? 'role-flag' : 'keepalived';
    const name = (method: string): string => (method === 'role-flag' ? 'hardened' : 'documented');
    const against: string[] = [];
    if (methods.source !== methods.target) {
      against.push(`${source.name} is ${name(methods.source)}, ${target.name} is ${name(methods.target)}`);
    } else if (methods.source !== expected) {
      against.push(`both hosts are ${name(methods.source)}, the inventory says ${site.profile}`);
    }
    return verdict(against, 'Set `profile` to what the hosts are, or deploy the profile you want.', [
      `both controllers are ${site.profile}`,
    ]);
  },
};
