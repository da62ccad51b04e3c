import type { CheckResult } from '../../../../plan/plan';
import { access } from '../../checks/access';
import { binds } from '../../checks/binds';
import { cmonOnTarget } from '../../checks/cmonOnTarget';
import { filters } from '../../checks/filters';
import { inventoryValid } from '../../checks/inventoryValid';
import { operationUnfinished } from '../../checks/operationUnfinished';
import { persistedReadOnly } from '../../checks/persistedReadOnly';
import { profileMismatch } from '../../checks/profileMismatch';
import { reach } from '../../checks/reach';
import { recent } from '../../checks/recent';
import { resources } from '../../checks/resources';
import { secrets } from '../../checks/secrets';
import { unapplied } from '../../checks/unapplied';
import { type Check, runCheck } from '../../operation/check';
import type { EmergencyContext } from '../context';
import { alive } from './alive';
import { dataWhole } from './dataWhole';
import { errant } from './errant';
import { fence } from './fence';
import { filesFresh } from './filesFresh';
import { halfWay } from './halfWay';
import { lossBound } from './lossBound';
import { durability, heartbeat, identities, keepalived, lsyncdDirection, snat } from './ofTarget';
import { rescue } from './rescue';
import { rolesAgree } from './rolesAgree';
import { selfCut } from './selfCut';
import { stillReceiving } from './stillReceiving';
import { gtidReady, threads } from './channel';
import { unfenced } from './unfenced';
import { versions } from './versions';
import { vipFree } from './vipFree';
import { witness } from './witness';

/** The death first: everything else matters only after it. */
const DEAD: readonly Check<EmergencyContext>[] = [alive, stillReceiving, selfCut, fence, unfenced];
const HALF_WAY: readonly Check<EmergencyContext>[] = [halfWay, stillReceiving, fence];

const REST: readonly Check<EmergencyContext>[] = [
  lossBound,
  dataWhole,
  rescue,
  inventoryValid,
  operationUnfinished,
  recent,
  access,
  rolesAgree,
  profileMismatch,
  identities,
  versions,
  gtidReady,
  threads,
  heartbeat,
  unapplied,
  errant,
  filters,
  persistedReadOnly,
  durability,
  cmonOnTarget,
  keepalived,
  vipFree,
  snat,
  binds,
  lsyncdDirection,
  filesFresh,
  reach,
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
