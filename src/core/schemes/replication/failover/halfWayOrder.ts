import { type Step } from '../../../plan/plan';
import { replicationStop } from '../steps/channel';
import { clientsReady, open } from '../steps/database';
import { holdClear, sourceClose } from '../steps/fence';
import {
  fileSyncStop,
  filesFirstPass,
  filesLastPass,
  rsyncConnection,
  rsyncConnectionClose,
} from '../steps/files';
import { type StepKit } from '../steps/kit';
import { keepReceived, receivedApplied, receivingStop } from '../steps/received';
import {
  epochCommit,
  epochPending,
  epochPendingWitness,
  pendingClear,
  roleNew,
  roleOld,
} from '../steps/records';
import { rescueApply, rescueBring } from '../steps/rescue';
import { vipGone, vipTaken } from '../steps/vipRoleFlag';
import { vipTake } from '../steps/vipTake';
import type { EmergencyContext } from './context';
import { emergencyAfterwards, keepsRelayLog } from './order';
import { rescueOf } from './rescuable';

const ids = (steps: readonly Step[]): string[] => steps.map((step) => step.id);

/**
 * The host of the old primary lives, its MySQL does not: the planned order with what can be had. The host is closed by its
 * own helper, files are brought over, and its record becomes a standby's. What its MySQL acknowledged and never sent is
 * applied from its binary logs, where these can be read.
 * @param folder keeps the copies of the binary logs, on both hosts
 */
export function halfWaySteps(kit: StepKit, context: EmergencyContext, folder: string): Step[] {
  const files = [
    rsyncConnection(kit),
    fileSyncStop(kit, ['rsync-connection']),
    filesFirstPass(kit, ['file-sync-stop']),
  ];
  const copied = ['files-first-pass'];
  const before = [
    ...files,
    epochPending(kit, kit.source, copied),
    epochPending(kit, kit.target, copied),
    ...(kit.hasWitness ? [epochPendingWitness(kit, copied)] : []),
    ...(keepsRelayLog(context) ? [keepReceived(kit, copied)] : []),
    clientsReady(kit, kit.target, 2, copied),
  ];
  const rescued = rescueOf(context);
  const rescue =
    'oldestLog' in rescued
      ? [
          rescueBring(kit, folder, rescued.oldestLog, ['received-applied']),
          rescueApply(kit, folder, ['rescue-bring']),
        ]
      : [];
  const applied = [rescue.at(-1)?.id ?? 'received-applied'];
  const during = [
    sourceClose(kit, ids(before)),
    vipGone(kit, ['source-close']),
    filesLastPass(kit, ['source-close']),
    receivingStop(kit, ['source-close'], 'outage'),
    receivedApplied(kit, ['receiving-stop'], 'outage'),
    vipTake(kit, ['vip-gone']),
    vipTaken(kit, ['vip-take']),
    ...rescue,
    replicationStop(kit, applied, true),
    roleOld(kit, applied),
    ...(kit.hasWitness ? [epochCommit(kit, ['role-old'])] : []),
    roleNew(kit, ['role-old', 'replication-stop']),
  ];
  const after = emergencyAfterwards(kit, context);
  const look = after[after.length - 1];
  const rest = [
    ...after.slice(0, -1),
    rsyncConnectionClose(kit, ['open']),
    pendingClear(kit, kit.source, ['services-start']),
    holdClear(kit, ['services-start']),
  ];
  const opening = open(
    kit,
    ids(during).filter((id) => id !== 'source-close'),
  );
  return [
    ...before,
    ...during,
    opening,
    ...rest,
    ...(look === undefined ? [] : [{ ...look, needs: ids(rest) }]),
  ];
}
