import { askedHosts, type Method, methodOf } from '../operation/context';
import { type Check, UnknownFact, verdict } from '../operation/check';

const methodName = (method: Method | undefined): string =>
  method === 'role-flag' ? 'hardened' : 'documented';

/** Hosts that differ from each other or from the inventory are refused: the method of moving the VIP must be one. */
export const profileMismatch: Check = {
  id: 'profile-mismatch',
  title: 'Both controllers are built the same way, as the inventory says',
  level: 'block',
  run(context) {
    const { site } = context;
    const found = askedHosts(context).map(({ name, seen }) => ({ host: name, method: methodOf(seen) }));
    if (found.some(({ method }) => method === undefined)) {
      const where = found.length > 1 ? 'both controllers' : found.map(({ host }) => host).join();
      throw new UnknownFact(`how keepalived follows the role could not be read on ${where}`);
    }
    const expected = site.profile === 'hardened' ? 'role-flag' : 'keepalived';
    const built = found.map(({ host, method }) => ({
      host,
      method,
      text: `${host} is ${methodName(method)}`,
    }));
    const against: string[] = [];
    if (built.some(({ method }) => method !== built[0]?.method)) {
      against.push(built.map(({ text }) => text).join(', '));
    } else if (built[0]?.method !== expected) {
      const what = methodName(built[0]?.method);
      const who = built.length > 1 ? `both hosts are ${what}` : (built[0]?.text ?? '');
      against.push(`${who}, the inventory says ${site.profile}`);
    }
    return verdict(
      against,
      'Set `profile` to what the hosts are, or bring the hosts to the hardened one ("Harden").',
      [`${built.map(({ host }) => host).join(' and ')}: ${site.profile}`],
    );
  },
};
