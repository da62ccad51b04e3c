import { type Check, need, verdict } from '../operation/check';

/**
 * The rewriting of outgoing packets belongs exactly where the VIP is. Leaked, it cuts a host off (measured: the rejoin's
 * CLONE fails). The documented script leaves it behind when keepalived stops; the plan cleans that up, so it only warns.
 */
export const snat: Check = {
  id: 'snat',
  title: 'Outgoing connections use the virtual IP on the primary only',
  level: 'acknowledge',
  run({ seen, source, target, site, method }) {
    const onSource = need(seen.source.snat, source.name, 'the NAT rules');
    const onTarget = need(seen.target.snat, target.name, 'the NAT rules');
    const against: string[] = [];
    if (onSource.toVip.length === 0) {
      against.push(`${source.name} does not rewrite to ${site.vip}: database nodes see its own address`);
    }
    if (onSource.toVip.length > 1) {
      against.push(`${source.name} has ${onSource.toVip.length} rules that rewrite to ${site.vip}`);
    }
    if (onTarget.toVip.length > 0) {
      against.push(
        `${target.name} rewrites to ${site.vip} without holding it: its outgoing connections fail`,
      );
    }
    if (against.length > 0) {
      return verdict(
        against,
        'Remove or add the rule by hand (iptables -t nat -S POSTROUTING shows them).',
        [],
      );
    }
    return verdict(
      method === 'keepalived'
        ? [`the documented notify script does not remove the rule when keepalived stops`]
        : [],
      'The plan removes it on the old primary itself. Deploy the hardened profile to be rid of this.',
      [`${source.name} rewrites to ${site.vip}, ${target.name} does not`],
      'warn',
    );
  },
};
