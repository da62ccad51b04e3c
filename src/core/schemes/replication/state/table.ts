import { cloneIncomplete } from './database/cloneIncomplete';
import { dualWriter } from './database/dualWriter';
import { durabilityRelaxed } from './database/durabilityRelaxed';
import { errantTransactions } from './database/errantTransactions';
import { gtidNotReady } from './database/gtidNotReady';
import { heartbeatStale } from './database/heartbeatStale';
import { noWriter } from './database/noWriter';
import { primaryDead } from './database/primaryDead';
import { primaryMysqlDown } from './database/primaryMysqlDown';
import { purgedTransactions } from './database/purgedTransactions';
import { readOnlyNotPersisted } from './database/readOnlyNotPersisted';
import { serverUuidEqual } from './database/serverUuidEqual';
import { standbyBroken } from './database/standbyBroken';
import { standbyLagging } from './database/standbyLagging';
import { standbyNotReplicating } from './database/standbyNotReplicating';
import { standbyWritable } from './database/standbyWritable';
import { versionsDiffer } from './database/versionsDiffer';
import { clockSkew } from './host/clockSkew';
import { configDrift } from './host/configDrift';
import { diskLow } from './host/diskLow';
import { hostKeyChanged } from './host/hostKeyChanged';
import { primaryUnreachableButReplicating } from './host/primaryUnreachableButReplicating';
import { prometheusDown } from './host/prometheusDown';
import { standbyUnreachable } from './host/standbyUnreachable';
import { unknown } from './host/unknown';
import { closedByHand } from './record/closedByHand';
import { epochBehind } from './record/epochBehind';
import { epochUntaken } from './record/epochUntaken';
import { epochUnconfirmed } from './record/epochUnconfirmed';
import { guardDown } from './record/guardDown';
import { oldPrimaryUnfenced } from './record/oldPrimaryUnfenced';
import { primaryReturned } from './record/primaryReturned';
import { operationUnfinished } from './record/operationUnfinished';
import { profileMismatch } from './record/profileMismatch';
import { roleConflict } from './record/roleConflict';
import { roleMissing } from './record/roleMissing';
import { undoOwed } from './record/undoOwed';
import { witnessBehind } from './record/witnessBehind';
import { witnessUnreachable } from './record/witnessUnreachable';
import { cmonCronActive } from './services/cmonCronActive';
import { cmonDownOnPrimary } from './services/cmonDownOnPrimary';
import { dualCmon } from './services/dualCmon';
import { dualLsyncd } from './services/dualLsyncd';
import { filesStale } from './services/filesStale';
import { lsyncdDown } from './services/lsyncdDown';
import { lsyncdReversed } from './services/lsyncdReversed';
import { servicesDownOnPrimary } from './services/servicesDownOnPrimary';
import { dualVip } from './vip/dualVip';
import { keepalivedCheckDisabled } from './vip/keepalivedCheckDisabled';
import { keepalivedDown } from './vip/keepalivedDown';
import { noVip } from './vip/noVip';
import { snatDuplicate } from './vip/snatDuplicate';
import { snatLeaked } from './vip/snatLeaked';
import { snatMissing } from './vip/snatMissing';
import { snatUnprotected } from './vip/snatUnprotected';
import { vipOnStandby } from './vip/vipOnStandby';
import { vipOrphaned } from './vip/vipOrphaned';
import type { StateRule } from './rule';

/** Findings from what the hosts are, worst first. */
export const STATE_RULES: readonly StateRule[] = [
  dualWriter,
  dualVip,
  dualCmon,
  dualLsyncd,
  hostKeyChanged,
  unknown,
  roleConflict,
  undoOwed,
  operationUnfinished,
  oldPrimaryUnfenced,
  closedByHand,
  primaryReturned,
  noWriter,
  vipOrphaned,
  vipOnStandby,
  noVip,
  primaryDead,
  primaryUnreachableButReplicating,
  primaryMysqlDown,
  cmonDownOnPrimary,
  servicesDownOnPrimary,
  standbyUnreachable,
  cloneIncomplete,
  standbyNotReplicating,
  standbyBroken,
  standbyLagging,
  standbyWritable,
  readOnlyNotPersisted,
  errantTransactions,
  purgedTransactions,
  heartbeatStale,
  gtidNotReady,
  snatLeaked,
  snatMissing,
  snatDuplicate,
  snatUnprotected,
  lsyncdDown,
  lsyncdReversed,
  filesStale,
  keepalivedDown,
  keepalivedCheckDisabled,
  clockSkew,
  serverUuidEqual,
  versionsDiffer,
  diskLow,
  configDrift,
  roleMissing,
  epochBehind,
  epochUnconfirmed,
  epochUntaken,
  witnessUnreachable,
  witnessBehind,
  guardDown,
  profileMismatch,
  cmonCronActive,
  durabilityRelaxed,
  prometheusDown,
];
