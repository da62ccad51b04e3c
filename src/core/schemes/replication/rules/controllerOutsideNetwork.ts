import { isHostOf, networkText, parseNetwork } from '../../../inventory/ipv4';
import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

export const controllerOutsideNetwork: ReplicationRule = {
  code: 'controller-outside-network',
  severity: 'error',
  why: 'VRRP works inside one layer 2 network.',
  remedy: 'Correct the address, or `network`.',
  check(draft) {
    const network = draft.value.network === undefined ? undefined : parseNetwork(draft.value.network);
    return controllersOf(draft).flatMap(({ name, value: { address } }) =>
      address === undefined || network === undefined || isHostOf(network, address)
        ? []
        : [
            at(
              draft,
              ['controllers', name, 'address'],
              `${address} is not an address of ${networkText(network)}`,
            ),
          ],
    );
  },
};
