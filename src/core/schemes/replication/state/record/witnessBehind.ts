import { foreignRecord, foreignRemedy, foreignText } from '../../operation/witnessRecord';
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
    const foreign = foreignRecord(view.site, witness);
    if (foreign !== undefined) {
      return [
        onHost(view, witness.host, foreignText(view.site, foreign), {
          why: 'Its record is of no use to this site: the guards take it for silent. A primary that does not hear its peer closes itself, and one that boots alone stays closed.',
          remedy: foreignRemedy(view.site),
        }),
      ];
    }
    return record.epoch < newest
      ? [onHost(view, witness.host, `${witness.host} knows epoch ${record.epoch}, the controllers ${newest}`)]
      : [];
  },
};
