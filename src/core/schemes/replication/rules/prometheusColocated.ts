import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

export const prometheusColocated: ReplicationRule = {
  code: 'prometheus-colocated',
  severity: 'error',
  why: 'ClusterControl Replication needs Prometheus on a host of its own, which is also the witness between the controllers: on one of them it fails together with it.',
  remedy: 'Use a third host.',
  check(draft) {
    const address = draft.value.prometheus?.address;
    const twin = controllersOf(draft).find(({ value }) => address !== undefined && value.address === address);
    return twin === undefined
      ? []
      : [at(draft, ['prometheus', 'address'], `Prometheus has the address of the controller ${twin.name}`)];
  },
};
