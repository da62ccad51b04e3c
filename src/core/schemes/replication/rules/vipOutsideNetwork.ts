import { isHostOf, networkText } from '../../../inventory/ipv4';
import { networkOf } from './network';
import { at } from './rule';
import type { ReplicationRule } from './rule';

export const vipOutsideNetwork: ReplicationRule = {
  code: 'vip-outside-network',
  severity: 'error',
  why: 'VRRP works inside one layer 2 network: nobody would find the address behind the other host.',
  remedy: 'Choose an address of the network of the controllers, or correct `network`.',
  check(draft) {
    const { vip } = draft.value;
    const network = networkOf(draft);
    return vip === undefined || network === undefined || isHostOf(network, vip)
      ? []
      : [at(draft, ['vip'], `${vip} is not an address of ${networkText(network)}`)];
  },
};
