import { addressDuplicate } from './addressDuplicate';
import { advertIntervalFraction } from './advertIntervalFraction';
import { authPasswordPublished } from './authPasswordPublished';
import { authPasswordTooLong } from './authPasswordTooLong';
import { authPasswordUnused } from './authPasswordUnused';
import { backupsOnControllers } from './backupsOnControllers';
import { controllerCount } from './controllerCount';
import { controllerOutsideNetwork } from './controllerOutsideNetwork';
import { documentedBootsWritable } from './documentedBootsWritable';
import { documentedLsyncdDeletes } from './documentedLsyncdDeletes';
import { documentedSnatLeftBehind } from './documentedSnatLeftBehind';
import { documentedSqlRefused } from './documentedSqlRefused';
import { hostNameDuplicate } from './hostNameDuplicate';
import { hostNameReserved } from './hostNameReserved';
import { osMixed } from './osMixed';
import { prioritiesEqual } from './prioritiesEqual';
import { priorityMissing } from './priorityMissing';
import { prometheusColocated } from './prometheusColocated';
import { replicationTlsOff } from './replicationTlsOff';
import { s9sConfNotSynced } from './s9sConfNotSynced';
import { selfFenceOff } from './selfFenceOff';
import { serverIdDuplicate } from './serverIdDuplicate';
import { servicesWithoutCmon } from './servicesWithoutCmon';
import { syncPathForbidden } from './syncPathForbidden';
import { syncPathNested } from './syncPathNested';
import { syncPathSlash } from './syncPathSlash';
import { vipIsHostAddress } from './vipIsHostAddress';
import { vipOutsideNetwork } from './vipOutsideNetwork';
import { vipStaysOnBoth } from './vipStaysOnBoth';
import { virtualRouterIdDuplicate } from './virtualRouterIdDuplicate';
import { weightCannotMoveVip } from './weightCannotMoveVip';
import { witnessShared } from './witnessShared';
import type { ReplicationRule, ReplicationSetRule } from './rule';

/** Rules of the inventory alone, one site at a time. */
export const SITE_RULES: readonly ReplicationRule[] = [
  controllerCount,
  hostNameDuplicate,
  hostNameReserved,
  addressDuplicate,
  prometheusColocated,
  vipIsHostAddress,
  vipOutsideNetwork,
  controllerOutsideNetwork,
  priorityMissing,
  prioritiesEqual,
  serverIdDuplicate,
  authPasswordTooLong,
  authPasswordUnused,
  authPasswordPublished,
  advertIntervalFraction,
  syncPathSlash,
  syncPathNested,
  syncPathForbidden,
  backupsOnControllers,
  s9sConfNotSynced,
  selfFenceOff,
  replicationTlsOff,
  weightCannotMoveVip,
  vipStaysOnBoth,
  documentedSnatLeftBehind,
  documentedBootsWritable,
  documentedLsyncdDeletes,
  documentedSqlRefused,
  servicesWithoutCmon,
  osMixed,
];

/** Rules over all sites at once. */
export const SET_RULES: readonly ReplicationSetRule[] = [virtualRouterIdDuplicate, witnessShared];
