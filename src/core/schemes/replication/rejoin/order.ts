import type { Step } from '../../../plan/plan';
import { lookAtNewPrimary, lookAtNewStandby } from '../steps/afterwards';
import { fileSyncStart } from '../steps/files';
import { atBootAgain } from '../steps/mysqlAtBoot';
import { servicesUnmask } from '../steps/services';
import { keepalivedReturns } from '../steps/vipKeepalived';
import { filesKept, keepalivedAtRest, persistReset, roleRecord } from './steps/afterwards';
import { beginClone, finishClone, freeDonor, rehearseClone } from './steps/clone';
import {
  closeDatabase,
  primaryPosition,
  sameTransactions,
  servicesDown,
  stopReplication,
} from './steps/close';
import { exportTransactions } from './steps/export';
import { caughtUp, follow, primaryPositionNow } from './steps/follow';
import type { RejoinKit } from './steps/kit';

/** The order of a rejoin, as a graph. Until its point of no return nothing is lost, and everything can be taken back. */
export function rejoinSteps(kit: RejoinKit): Step[] {
  const before = [
    servicesDown(kit),
    closeDatabase(kit),
    stopReplication(kit),
    primaryPosition(kit),
    sameTransactions(kit),
  ];
  const { way } = kit.context;
  const kept = (way?.kept.size ?? 0) > 0 ? [exportTransactions(kit)] : [];
  const database =
    way?.kind === 'follow'
      ? [follow(kit, 'open', ['same-transactions'])]
      : [
          ...kept,
          freeDonor(kit),
          rehearseClone(kit, ['donor-free', ...kept.map(({ id }) => id)]),
          beginClone(kit),
          finishClone(kit),
          follow(kit, 'after', ['clone-complete']),
        ];
  return [...before, ...database, ...afterwards(kit)];
}

/** The step that can't be taken back. */
export function pointOfNoReturn(kit: RejoinKit): string {
  return kit.context.way?.kind === 'follow' ? 'follow' : 'clone';
}

function afterwards(kit: RejoinKit): Step[] {
  const hardened = kit.context.method === 'role-flag';
  const recorded = hardened ? ['role-record'] : ['follow'];
  const returns = hardened ? keepalivedAtRest(kit, recorded) : keepalivedReturns(kit.inward, recorded);
  const steps = [
    primaryPositionNow(kit),
    caughtUp(kit),
    filesKept(kit, ['follow']),
    // From then on the guard of the primary lets lsyncd write here, whatever becomes of this run.
    ...(hardened ? [roleRecord(kit, ['files-kept'])] : []),
    fileSyncStart(kit.inward, [...new Set(['files-kept', ...recorded])]),
    ...(returns === undefined ? [] : [returns]),
    servicesUnmask(kit.inward, recorded),
    hardened ? persistReset(kit, recorded) : atBootAgain(kit.inward, kit.host, recorded),
  ];
  const all = steps.map(({ id }) => id);
  return [...steps, lookAtNewPrimary(kit.inward, all), lookAtNewStandby(kit.inward, all)];
}
