import type { KeepalivedRule } from './rule';
import { addressInvalid } from './rules/addressInvalid';
import { advertFraction } from './rules/advertFraction';
import { authPublished } from './rules/authPublished';
import { authTooLong } from './rules/authTooLong';
import { authWithVersion3 } from './rules/authWithVersion3';
import { braces } from './rules/braces';
import { checkDropsVip } from './rules/checkDropsVip';
import { checkIncomplete } from './rules/checkIncomplete';
import { instanceDuplicate } from './rules/instanceDuplicate';
import { instanceIncomplete } from './rules/instanceIncomplete';
import { interfaceNameTooLong } from './rules/interfaceNameTooLong';
import { keywordRepeated } from './rules/keywordRepeated';
import { killallCheck } from './rules/killallCheck';
import { nopreemptMaster } from './rules/nopreemptMaster';
import { nopreemptOwner } from './rules/nopreemptOwner';
import { notifyStopMissing } from './rules/notifyStopMissing';
import { numberRange } from './rules/numberRange';
import { preemptDelayVoid } from './rules/preemptDelayVoid';
import { priorityDefault } from './rules/priorityDefault';
import { reverseWithoutWeight } from './rules/reverseWithoutWeight';
import { scriptSecurityOff } from './rules/scriptSecurityOff';
import { scriptUserMissing } from './rules/scriptUserMissing';
import { trackFileFailsOpen } from './rules/trackFileFailsOpen';
import { trackUndefined } from './rules/trackUndefined';
import { unknownKeyword } from './rules/unknownKeyword';
import { valueMissing } from './rules/valueMissing';
import { valueUnknown } from './rules/valueUnknown';
import { weightCannotMoveVip } from './rules/weightCannotMoveVip';
import { weightNeedsGap } from './rules/weightNeedsGap';

/** What the daemon itself says of a file: `keepalived -t` does not end with 0. Held by the lab. */
export const DAEMON_RULES: readonly KeepalivedRule[] = [
  braces,
  unknownKeyword,
  valueMissing,
  valueUnknown,
  numberRange,
  instanceIncomplete,
  addressInvalid,
  interfaceNameTooLong,
  instanceDuplicate,
  trackUndefined,
  checkIncomplete,
  reverseWithoutWeight,
  scriptUserMissing,
  scriptSecurityOff,
  nopreemptMaster,
  nopreemptOwner,
  preemptDelayVoid,
  authWithVersion3,
  authTooLong,
  advertFraction,
];

/** What the daemon takes without a word. */
export const TRAP_RULES: readonly KeepalivedRule[] = [
  weightCannotMoveVip,
  weightNeedsGap,
  checkDropsVip,
  trackFileFailsOpen,
  notifyStopMissing,
  keywordRepeated,
  priorityDefault,
  authPublished,
  killallCheck,
];

export const KEEPALIVED_RULES: readonly KeepalivedRule[] = [...DAEMON_RULES, ...TRAP_RULES];
