import { inFile, replace } from '../../place';
import { instancesOf, lineOf, valueOf } from '../instance';
import type { KeepalivedRule } from '../rule';

export const nopreemptMaster: KeepalivedRule = {
  code: 'keepalived-nopreempt-master',
  severity: 'error',
  why: 'keepalived drops nopreempt where the initial state is MASTER: a host that comes back takes the VIP from the one that works.',
  remedy: 'Use `state BACKUP` on both controllers; the priority decides.',
  check: (document) =>
    instancesOf(document).flatMap((instance) => {
      const state = valueOf(instance, 'state');
      const nopreempt = lineOf(instance, 'nopreempt')?.words[0];
      if (state?.text !== 'MASTER' || nopreempt === undefined) return [];
      const fix = replace('Change the state to BACKUP', state.at, 'BACKUP');
      return [
        inFile(document, nopreempt.at, 'nopreempt has no effect with state MASTER', {
          fix,
          related: [{ at: state.at, message: 'the initial state' }],
        }),
      ];
    }),
};
