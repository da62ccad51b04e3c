import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const witnessBehind: StateRule = {
  code: 'witness-behind',
  severity: 'warning',
  part: 'role',
  why: 'The witness would confirm a past primary, or none.',
  remedy: 'The guard of the primary brings it up to date; look at that guard, and at its key on the witness.',
  check(view) {
    const { witness, controllers } = view;
    const epochs = controllers.flatMap(({ seen }) =>
      seen.role.known && seen.role.value.record !== undefined ? [seen.role.value.record.epoch] : [],
    );
    if (!witness.role.known || epochs.length === 0) return [];
    const newest = Math.max(...epochs);
    const { record } = witness.role.value;
    if (record === undefined) return [onHost(view, witness.host, `${witness.host} holds no witness record`)];
    return record.epoch < newest
      ? [onHost(view, witness.host, `${witness.host} knows epoch ${record.epoch}, the controllers ${newest}`)]
      : [];
  },
};
