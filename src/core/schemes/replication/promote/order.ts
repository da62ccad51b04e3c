import { type Step } from '../../../plan/plan';
import { lookAtNewPrimary, lookAtNewStandby } from '../steps/afterwards';
import { replicateBack, replicationStop } from '../steps/channel';
import {
  caughtUp,
  clientsReady,
  databaseClose,
  databaseDrain,
  open,
  sourcePosition,
} from '../steps/database';
import {
  fileSyncStart,
  fileSyncStop,
  filesFirstPass,
  filesLastPass,
  rsyncConnection,
  rsyncConnectionClose,
} from '../steps/files';
import { type StepKit } from '../steps/kit';
import {
  epochCommit,
  epochPending,
  epochPendingWitness,
  pendingClear,
  roleNew,
  roleOld,
} from '../steps/records';
import { ping, servicesStart, servicesStop, servicesUnmask } from '../steps/services';
import { keepalivedReady, keepalivedReturns, keepalivedStop, keepalivedTaken } from '../steps/vipKeepalived';
import { vipDrop, vipGive, vipGiven, vipGone, vipTaken } from '../steps/vipRoleFlag';

const ids = (steps: readonly Step[]): string[] => steps.map((step) => step.id);

/** Nothing changes for users yet. */
function prepare(kit: StepKit): Step[] {
  const files = [
    rsyncConnection(kit),
    fileSyncStop(kit, ['rsync-connection', 'caught-up']),
    filesFirstPass(kit, ['file-sync-stop']),
  ];
  const database = [sourcePosition(kit), caughtUp(kit, ['source-position'])];
  const last =
    kit.context.method === 'role-flag' ? records(kit) : [keepalivedReady(kit, ['files-first-pass'])];
  const still = ['files-first-pass', 'caught-up'];
  const clients = [clientsReady(kit, kit.source, 1, still), clientsReady(kit, kit.target, 3, still)];
  return [...files, ...database, ...last, ...clients];
}

function records(kit: StepKit): Step[] {
  const after = ['files-first-pass', 'caught-up'];
  return [
    epochPending(kit, kit.source, after),
    epochPending(kit, kit.target, after),
    ...(kit.hasWitness ? [epochPendingWitness(kit, after)] : []),
  ];
}

/** VIP, files and database side by side. All of them join before the opening. */
function outage(kit: StepKit, prepared: readonly string[]): Step[] {
  const roleFlag = kit.context.method === 'role-flag';
  const vip = roleFlag
    ? [
        vipGive(kit, prepared),
        vipGiven(kit, ['vip-give', 'services-stop']),
        vipDrop(kit, ['vip-given']),
        vipGone(kit, ['vip-drop']),
        vipTaken(kit, ['vip-drop']),
      ]
    : // The documented SNAT rule cuts connections that stand when it comes (measured: rsync ends with 255, the replication
      // stream stalls for 54 s): on such hosts files and transactions are over before the address moves.
      [keepalivedStop(kit, ['files-last-pass', 'database-drain']), keepalivedTaken(kit, ['vip-drop'])];
  const database = [
    databaseClose(kit, ['services-stop']),
    databaseDrain(kit, ['database-close']),
    replicationStop(kit, ['database-drain']),
  ];
  const committed = [
    roleOld(kit, ['database-drain']),
    // Not before the old primary's own record: its guard gives way to a newer epoch at once, lease or not, and raises
    // the token as it does (seen on real hosts: the run was overtaken in the midst of the outage).
    ...(kit.hasWitness ? [epochCommit(kit, ['role-old'])] : []),
    roleNew(kit, ['role-old']),
  ];
  return [
    servicesStop(kit, prepared),
    ...vip,
    filesLastPass(kit, ['services-stop']),
    ...database,
    ...(roleFlag ? committed : []),
  ];
}

function afterwards(kit: StepKit): Step[] {
  const roleFlag = kit.context.method === 'role-flag';
  const returns = roleFlag ? undefined : keepalivedReturns(kit, ['services-start', 'replicate-back']);
  const steps = [
    servicesStart(kit, ['open']),
    ping(kit, ['services-start']),
    replicateBack(kit, ['open']),
    fileSyncStart(kit, ['services-start', 'replicate-back']),
    servicesUnmask(kit, ['services-start']),
    rsyncConnectionClose(kit, ['open']),
    ...(returns === undefined ? [] : [returns]),
    ...(roleFlag
      ? [pendingClear(kit, kit.source, ['services-start']), pendingClear(kit, kit.target, ['services-start'])]
      : []),
  ];
  const all = ids(steps);
  return [...steps, lookAtNewPrimary(kit, all), lookAtNewStandby(kit, all)];
}

/** The order of a planned promotion, as a graph. */
export function plannedSteps(kit: StepKit): Step[] {
  const before = prepare(kit);
  const during = outage(kit, ids(before));
  const gone = kit.context.method === 'role-flag' ? ['vip-gone'] : ['vip-drop'];
  const joined = [...gone, 'vip-taken', 'files-last-pass', 'replication-stop'];
  const records = ['role-new', ...(kit.hasWitness ? ['epoch-commit'] : [])];
  const opening = open(kit, kit.context.method === 'role-flag' ? [...joined, ...records] : joined);
  return [...before, ...during, opening, ...afterwards(kit)];
}
