import { type CheckResult } from '../../../plan/plan';
import type { PromoteContext } from '../operation/context';
import { access } from './access';
import { runCheck, type Check } from '../operation/check';
import { binds } from './binds';
import { busy } from './busy';
import { cmonOnTarget } from './cmonOnTarget';
import { durability } from './durability';
import { errant } from './errant';
import { filesFresh } from './filesFresh';
import { filters } from './filters';
import { gtidReady } from './gtidReady';
import { guardHeard } from './guardHeard';
import { heartbeat } from './heartbeat';
import { identities } from './identities';
import { inventoryValid } from './inventoryValid';
import { keepalived } from './keepalived';
import { lag } from './lag';
import { lsyncdDirection } from './lsyncdDirection';
import { operationUnfinished } from './operationUnfinished';
import { persistedReadOnly } from './persistedReadOnly';
import { profileMismatch } from './profileMismatch';
import { purged } from './purged';
import { reach } from './reach';
import { recent } from './recent';
import { resources } from './resources';
import { reverseLogin } from './reverseLogin';
import { rolesAgree } from './rolesAgree';
import { secrets } from './secrets';
import { snat } from './snat';
import { threads } from './threads';
import { unapplied } from './unapplied';
import { versions } from './versions';
import { vipHolders } from './vipHolders';
import { witness } from './witness';

/** In the order in which an operator reads them. A new check is a file and a line here. */
export const CHECKS: readonly Check[] = [
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
  lag,
  unapplied,
  errant,
  purged,
  reverseLogin,
  filters,
  busy,
  persistedReadOnly,
  durability,
  cmonOnTarget,
  keepalived,
  vipHolders,
  snat,
  binds,
  lsyncdDirection,
  filesFresh,
  reach,
  secrets,
  witness,
  guardHeard,
  resources,
];

/** All of them run; none hides another. */
export function runChecks(context: PromoteContext): CheckResult[] {
  return CHECKS.map((check) => runCheck(check, context));
}
