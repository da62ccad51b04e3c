import { peerOf } from '../../site';
import { FAULTS } from '../faults';
import { pairAtRest, soundPair } from '../pair';
import type { Scene } from '../scene';

/** "Promote Standby": both controllers live. */
export const planned: Scene = {
  id: 'planned',
  title: 'Promote Standby: both controllers live',
  faults: FAULTS,
  closing: 'database-close',
  order: (target) => ({ operation: 'promote', target, mode: 'planned', acknowledged: {}, attested: {} }),
  prepare: async (lab, journals) => peerOf(await soundPair(lab, journals)),
  primaryAfter: (end, target) => (end === 'done' ? target : peerOf(target)),
  settled: (settling) =>
    pairAtRest(
      { ...settling, mayRejoin: settling.fault.stopsApplier === true },
      settling.end === 'done' ? settling.target : peerOf(settling.target),
    ),
};
