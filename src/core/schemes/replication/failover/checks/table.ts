import type { CheckResult } from '../../../../plan/plan';
import { access } from '../../checks/access';
import { cmonOnTarget } from '../../checks/cmonOnTarget';
import { gtidReady } from '../../checks/gtidReady';
import { inventoryValid } from '../../checks/inventoryValid';
import { operationUnfinished } from '../../checks/operationUnfinished';
import { persistedReadOnly } from '../../checks/persistedReadOnly';
import { profileMismatch } from '../../checks/profileMismatch';
import { resources } from '../../checks/resources';
import { secrets } from '../../checks/secrets';
import { threads } from '../../checks/threads';
import { unapplied } from '../../checks/unapplied';
import { type Check, runCheck } from '../../operation/check';
import type { EmergencyContext } from '../context';
import { alive } from './alive';
import { fence } from './fence';
import { halfWay } from './halfWay';
import { lossBound } from './lossBound';
import { durability, errant, heartbeat, identities, keepalived, lsyncdDirection, snat } from './ofTarget';
import { rescue } from './rescue';
import { rolesAgree } from './rolesAgree';
import { selfCut } from './selfCut';
import { stillReceiving } from './stillReceiving';
import { unfenced } from './unfenced';
import { vipFree } from './vipFree';
import { witness } from './witness';

/** The death first: everything else matters only after it. */
const DEAD: readonly Check<EmergencyContext>[] = [alive, stillReceiving, selfCut, fence, unfenced];
const HALF_WAY: readonly Check<EmergencyContext>[] = [halfWay, stillReceiving, fence];

const REST: readonly Check<EmergencyContext>[] = [
  lossBound,
  rescue,
  inventoryValid,
  operationUnfinished,
  access,
  rolesAgree,
  profileMismatch,
  identities,
  gtidReady,
  threads,
  heartbeat,
  unapplied,
  errant,
  persistedReadOnly,
  durability,
  cmonOnTarget,
  keepalived,
  vipFree,
  snat,
  lsyncdDirection,
  secrets,
  witness,
  resources,
];

export function emergencyChecks(mode: EmergencyContext['mode']): readonly Check<EmergencyContext>[] {
  return [...(mode === 'half-way' ? HALF_WAY : DEAD), ...REST];
}

/** All of them run; none hides another. */
export function runEmergencyChecks(context: EmergencyContext): CheckResult[] {
  return emergencyChecks(context.mode).map((check) => runCheck(check, context, 'emergency'));
}
