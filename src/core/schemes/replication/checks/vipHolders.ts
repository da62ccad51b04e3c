import { type Check, need, needAnswer, verdict } from '../operation/check';

/** Exactly one holder, the primary, and the network agrees: a third machine that answers for the VIP would win. */
export const vipHolders: Check = {
  id: 'vip-holders',
  title: 'The primary alone holds the virtual IP',
  level: 'block',
  run(context) {
    const { seen, source, target, site } = context;
    const holds = (which: 'source' | 'target', host: string): boolean =>
      need(seen[which].addresses, host, 'addresses').some((address) => address.address === site.vip);
    const against: string[] = [];
    if (!holds('source', source.name)) {
      against.push(`${source.name} does not hold ${site.vip}`);
    }
    if (holds('target', target.name)) {
      against.push(`${target.name} holds ${site.vip}`);
    }
    if (against.length === 0) {
      const expected = needAnswer(context, 'vip-hardware-address', source.name).toLowerCase();
      const answered = needAnswer(context, 'vip-neighbour', target.name).toLowerCase();
      if (answered !== expected) {
        against.push(
          answered === ''
            ? `nobody answers for ${site.vip} when ${target.name} asks`
            : `${target.name} sees ${site.vip} at ${answered}, but ${source.name} is ${expected}`,
        );
      }
    }
    return verdict(
      against,
      `Only ${source.name} may hold ${site.vip} before it is moved. Look at \`ip addr\` and keepalived on both hosts, and for a third machine with this address.`,
      [`${source.name} holds ${site.vip}; ${target.name} sees it there`],
    );
  },
};
