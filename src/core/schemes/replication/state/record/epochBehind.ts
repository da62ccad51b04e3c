import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const epochBehind: StateRule = {
  code: 'epoch-behind',
  severity: 'warning',
  part: 'role',
  why: 'An epoch that is behind belongs to a past primary. The guard brings it up to date when the hosts hear each other.',
  remedy:
    'Look at the guard of that host (systemctl status clustercontrol-ha-guard) and the way between the controllers.',
  check(view) {
    const records = view.controllers.flatMap((controller) => {
      const record = controller.seen.role.known ? controller.seen.role.value.record : undefined;
      return record === undefined
        ? []
        : [{ controller, epoch: record.epoch, active: record.role === 'primary' }];
    });
    const newest = Math.max(...records.map(({ epoch }) => epoch));
    return records
      .filter(({ epoch }) => epoch < newest)
      .map(({ controller: { name }, epoch, active }) =>
        onHost(view, name, `${name} knows epoch ${epoch}, its peer ${newest}`, {
          severity: active ? 'error' : 'warning',
        }),
      );
  },
};
